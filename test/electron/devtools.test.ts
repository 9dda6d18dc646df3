// The stand-in's DevTools pipe: its CBOR, its cutting into messages, its zeroing.
// SPDX-License-Identifier: MIT

import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { decodeMessage, encodeMessage, messageLength } from './devtools/cbor.ts';
import { DevToolsConnection } from './devtools/connection.ts';
import { MessagePipe, type PipeMessage } from './devtools/message-pipe.ts';

const message = {
  id: 1,
  method: 'Page.navigate',
  params: {
    text: 'ü \u{1f511}',
    numbers: [
      0,
      23,
      24,
      255,
      256,
      65_535,
      65_536,
      -1,
      -25,
      2 ** 31 - 1,
      -(2 ** 31) + 1,
      2 ** 40,
      1.5,
    ],
    flags: [true, false, null],
    nested: { list: [[], {}] },
  },
};

describe('encodeMessage and decodeMessage', () => {
  it('carry every kind of value', () => {
    expect(decodeMessage(encodeMessage(message))).toEqual(message);
  });

  it('carry bytes as bytes', () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index & 0xff);
    const encoded = encodeMessage({ body: bytes });
    expect(encoded.length).toBeLessThan(bytes.length + 40);
    expect(decodeMessage(encoded).body).toEqual(bytes);
  });

  it('leave out what is undefined, and pass over keys they are told to', () => {
    const encoded = encodeMessage({ a: undefined, postData: 'x'.repeat(300), b: 1 });
    expect(decodeMessage(encoded, new Set(['postData']))).toEqual({ b: 1 });
  });

  it('say how long a message is', () => {
    const encoded = encodeMessage(message);
    expect(messageLength(encoded)).toBe(encoded.length);
  });

  it('refuse what is no message', () => {
    expect(() => messageLength(new TextEncoder().encode('{"id":1}'))).toThrow('envelope');
    expect(() => decodeMessage(encodeMessage(message).subarray(0, 30))).toThrow('cut short');
    expect(() => encodeMessage({ f: () => 1 })).toThrow('cannot encode a function');
  });
});

describe('MessagePipe', () => {
  function newPipe() {
    const output = new PassThrough();
    const input = new PassThrough();
    const received: PipeMessage[] = [];
    const pipe = new MessagePipe(output, input, (got) => received.push(structuredClone(got)));
    return { pipe, input, output, received };
  }

  it('finds messages in chunks of any size', () => {
    const { input, received } = newPipe();
    const bytes = Buffer.concat([encodeMessage({ id: 1 }), encodeMessage(message)]);
    for (const byte of bytes) input.write(Uint8Array.of(byte));
    input.write(Buffer.concat([encodeMessage({ id: 2 }), encodeMessage({ id: 3 })]));
    expect(received).toEqual([{ id: 1 }, message, { id: 2 }, { id: 3 }]);
  });

  it('zeroes what it has handled', () => {
    const { input } = newPipe();
    const chunk = Buffer.from(
      encodeMessage({ secret: new TextEncoder().encode('hunter2hunter2') }),
    );
    input.write(chunk);
    expect(chunk.includes('hunter2')).toBe(false);
  });
});

describe('DevToolsConnection', () => {
  it('answers each command, and fails those of a session that ends', async () => {
    const sent: PipeMessage[] = [];
    const connection = new DevToolsConnection((one) => sent.push(one));
    const session = connection.session('s1');
    const navigated = session.send('Page.navigate', { url: 'about:blank' });
    const reloaded = session.send('Page.reload');
    connection.dispatch({ id: 1, sessionId: 's1', result: { loaderId: 'l' } });
    connection.dispatch({ method: 'Target.detachedFromTarget', params: { sessionId: 's1' } });
    expect(await navigated).toEqual({ loaderId: 'l' });
    await expect(reloaded).rejects.toThrow('Page.reload: the session has ended');
    await expect(session.send('Page.reload')).rejects.toThrow('has ended');
    expect(sent).toHaveLength(2);
  });

  it('passes a refusal on, and fails everything when the browser ends', async () => {
    const connection = new DevToolsConnection(() => undefined);
    const refused = connection.root.send('Browser.close');
    connection.dispatch({ id: 1, error: { message: 'no' } });
    await expect(refused).rejects.toThrow('Browser.close: no');
    const waiting = connection.root.send('Browser.close');
    connection.close();
    await expect(waiting).rejects.toThrow('the browser has ended');
  });
});
