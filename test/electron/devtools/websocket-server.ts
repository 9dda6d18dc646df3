// The server side of one WebSocket (RFC 6455), text messages only: what Playwright's DevTools client speaks.
// No dependency offers one that an application may import, and it is small.
// SPDX-License-Identifier: MIT

import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const FIN = 0x80;
const OPCODE = { continuation: 0x0, text: 0x1, close: 0x8, ping: 0x9, pong: 0xa } as const;

interface FrameView {
  readonly final: boolean;
  readonly opcode: number;
  readonly payload: Buffer;
  readonly length: number;
}

export class WebSocketPeer {
  readonly #socket: Duplex;
  #buffered: Buffer = Buffer.alloc(0);
  #fragments: Buffer[] = [];
  onMessage: (text: string) => void = () => undefined;
  onClose: () => void = () => undefined;

  constructor(request: IncomingMessage, socket: Duplex) {
    this.#socket = socket;
    const key = request.headers['sec-websocket-key'] ?? '';
    const accept = createHash('sha1')
      .update(key + GUID)
      .digest('base64');
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
        `Sec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    socket.on('data', (chunk: Buffer) => {
      this.#receive(chunk);
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      this.onClose();
    });
  }

  send(text: string): void {
    this.#write(OPCODE.text, Buffer.from(text));
  }

  close(): void {
    this.#write(OPCODE.close, Buffer.alloc(0));
    this.#socket.end();
  }

  #write(opcode: number, payload: Buffer): void {
    if (this.#socket.destroyed || this.#socket.writableEnded) return;
    this.#socket.write(Buffer.concat([frameHeader(opcode, payload.length), payload]));
  }

  #receive(chunk: Buffer): void {
    this.#buffered = this.#buffered.length === 0 ? chunk : Buffer.concat([this.#buffered, chunk]);
    for (;;) {
      const frame = parseFrame(this.#buffered);
      if (frame === null) return;
      this.#buffered = this.#buffered.subarray(frame.length);
      this.#handle(frame);
    }
  }

  #handle(frame: FrameView): void {
    switch (frame.opcode) {
      case OPCODE.text:
      case OPCODE.continuation:
        this.#fragments.push(frame.payload);
        if (!frame.final) return;
        {
          const text = Buffer.concat(this.#fragments).toString('utf8');
          this.#fragments = [];
          this.onMessage(text);
        }
        return;
      case OPCODE.ping:
        this.#write(OPCODE.pong, frame.payload);
        return;
      case OPCODE.close:
        this.close();
        return;
      default:
    }
  }
}

function frameHeader(opcode: number, length: number): Buffer {
  if (length < 126) return Buffer.from([FIN | opcode, length]);
  const header = Buffer.alloc(length < 0x10000 ? 4 : 10);
  header[0] = FIN | opcode;
  header[1] = length < 0x10000 ? 126 : 127;
  if (length < 0x10000) header.writeUInt16BE(length, 2);
  else header.writeBigUInt64BE(BigInt(length), 2);
  return header;
}

/** The first whole frame in `bytes`, unmasked, or null when more has to come. */
function parseFrame(bytes: Buffer): FrameView | null {
  if (bytes.length < 2) return null;
  const [first = 0, second = 0] = bytes;
  const short = second & 0x7f;
  const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
  const maskAt = 2 + lengthBytes;
  if (bytes.length < maskAt + 4) return null;
  if ((second & 0x80) === 0) throw new Error('WebSocket: a client must mask its frames');
  const size =
    lengthBytes === 0
      ? short
      : lengthBytes === 2
        ? bytes.readUInt16BE(2)
        : Number(bytes.readBigUInt64BE(2));
  const start = maskAt + 4;
  if (bytes.length < start + size) return null;
  const payload = Buffer.from(bytes.subarray(start, start + size));
  for (const [index, byte] of payload.entries()) {
    payload[index] = byte ^ (bytes[maskAt + (index % 4)] ?? 0);
  }
  return { final: (first & FIN) !== 0, opcode: first & 0xf, payload, length: start + size };
}
