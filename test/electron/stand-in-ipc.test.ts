// The stand-in's IPC and context bridge, with the fixture application in a real Chromium.
// SPDX-License-Identifier: MIT

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFixture, type FixtureApp } from './fixture-app.ts';

/** What the fixture's preload exposes. */
interface Exposed {
  readonly invoke: (channel: string, ...args: unknown[]) => Promise<unknown>;
  readonly invokeFunction: () => Promise<unknown>;
  readonly add: (a: number, b: number) => number;
  readonly apply: (action: (value: unknown) => unknown, value: unknown) => unknown;
  readonly later: (value: unknown) => Promise<unknown>;
  readonly fail: () => never;
  readonly refused: Readonly<Record<string, string>>;
  readonly process: Readonly<Record<string, unknown>>;
}

declare global {
  interface Window {
    readonly fixture: Exposed;
    readonly pushed: unknown[][];
    readonly stopListening: () => void;
  }
}

let fixture: FixtureApp;

beforeAll(async () => {
  fixture = await startFixture();
});

afterAll(async () => {
  await fixture[Symbol.asyncDispose]();
});

describe('ipcRenderer.invoke', () => {
  it('carries a mebibyte there and back as equal bytes', async () => {
    const result = await fixture.page.evaluate(async () => {
      const sent = Uint8Array.from({ length: 1 << 20 }, (_, index) => (index * 7) & 0xff);
      const [got] = (await window.fixture.invoke('echo', sent)) as [Uint8Array];
      return {
        isBytes: got instanceof Uint8Array,
        isEqual: got.length === sent.length && got.every((byte, index) => byte === sent[index]),
        isSentIntact: sent[1] === 7,
      };
    });
    expect(result).toEqual({ isBytes: true, isEqual: true, isSentIntact: true });
  });

  it('carries maps, sets, dates, errors, cycles and odd numbers as structured clones', async () => {
    const result = await fixture.page.evaluate(async () => {
      const [map, set, date, error, numbers, nothing] = (await window.fixture.invoke(
        'echo',
        new Map([['key', new Uint8Array([1, 2])]]),
        new Set(['one']),
        new Date(5),
        new RangeError('far'),
        [NaN, -0, Infinity, 10n],
        undefined,
      )) as [Map<string, Uint8Array>, Set<string>, Date, Error, unknown[], unknown];
      return [
        map instanceof Map && [...(map.get('key') ?? [])].join(),
        set.has('one'),
        date.getTime(),
        error instanceof Error && error.message,
        Number.isNaN(numbers[0]) && Object.is(numbers[1], -0) && numbers[2] === Infinity,
        numbers[3] === 10n,
        nothing === undefined,
      ];
    });
    expect(result).toEqual(['1,2', true, 5, 'far', true, true, true]);
  });

  it('refuses a function as an argument', async () => {
    await expect(fixture.page.evaluate(() => window.fixture.invokeFunction())).rejects.toThrow(
      'An object could not be cloned.',
    );
  });

  it('refuses a result that cannot be cloned', async () => {
    await expect(fixture.page.evaluate(() => window.fixture.invoke('uncloneable'))).rejects.toThrow(
      'An object could not be cloned.',
    );
  });

  it("rejects with Electron's words when the handler throws", async () => {
    await expect(fixture.page.evaluate(() => window.fixture.invoke('fail'))).rejects.toThrow(
      "Error invoking remote method 'fail': RangeError: out of range",
    );
  });

  it('rejects when the channel has no handler', async () => {
    await expect(fixture.page.evaluate(() => window.fixture.invoke('nobody'))).rejects.toThrow(
      "No handler registered for 'nobody'",
    );
  });

  it('tells the handler which frame of which window asked', async () => {
    expect(await fixture.page.evaluate(() => window.fixture.invoke('who'))).toEqual({
      url: 'app://latchkey/page.html?kind=main',
      origin: 'app://latchkey',
      isMain: true,
      window: 1,
    });
  });

  it('answers many at once, each with its own', async () => {
    const results = await fixture.page.evaluate(() =>
      Promise.all(Array.from({ length: 40 }, (_, n) => window.fixture.invoke('echo', n))),
    );
    expect(results).toEqual(Array.from({ length: 40 }, (_, n) => [n]));
  });
});

describe('webContents.send', () => {
  it('delivers in order, bytes included, until the listener is taken off', async () => {
    await fixture.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      for (let n = 0; n < 20; n++) window?.webContents.send('push', n, Uint8Array.of(n));
    });
    await fixture.page.waitForFunction(() => window.pushed.length === 20);
    const pushed = await fixture.page.evaluate(() =>
      window.pushed.map(([n, bytes]) => [n, [...(bytes as Uint8Array)].join()]),
    );
    expect(pushed).toEqual(Array.from({ length: 20 }, (_, n) => [n, String(n)]));

    await fixture.page.evaluate(() => {
      window.stopListening();
    });
    await fixture.app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.send('push', 'late');
    });
    // A reply comes after what was sent before it.
    await fixture.page.evaluate(() => window.fixture.invoke('echo'));
    expect(await fixture.page.evaluate(() => window.pushed.length)).toBe(20);
  });

  it('refuses what cannot be cloned', async () => {
    await expect(
      fixture.app.evaluate(({ BrowserWindow }) => {
        BrowserWindow.getAllWindows()[0]?.webContents.send('push', () => 1);
      }),
    ).rejects.toThrow('An object could not be cloned.');
  });
});

describe('contextBridge', () => {
  it('proxies functions, callbacks and promises between the worlds', async () => {
    const result = await fixture.page.evaluate(async () => [
      window.fixture.add(2, 3),
      window.fixture.apply((value) => `got ${String(value)}`, 'it'),
      await window.fixture.later({ nested: [1, { deep: true }] }),
    ]);
    expect(result).toEqual([5, 'got it', { nested: [1, { deep: true }] }]);
  });

  it('passes on the message of what the preload throws', async () => {
    await expect(fixture.page.evaluate(() => window.fixture.fail())).rejects.toThrow(
      'from the preload',
    );
  });

  it('exposes what the page cannot change', async () => {
    const result = await fixture.page.evaluate(() => {
      const attempts = [
        () => Reflect.set(window, 'fixture', {}),
        () => Reflect.set(window.fixture, 'add', () => 0),
        () => Reflect.deleteProperty(window, 'fixture'),
        () => Reflect.set(window.fixture.refused, 'fs', 'allowed'),
      ];
      return attempts.map((attempt) => attempt());
    });
    expect(result).toEqual([false, false, false, false]);
  });

  it('keeps the isolated world out of reach', async () => {
    const names = await fixture.page.evaluate(() =>
      ['require', 'process', 'module', 'ipcRenderer', 'electron', 'Buffer'].filter(
        (name) => name in window,
      ),
    );
    expect(names).toEqual([]);
  });
});

describe('a sandboxed preload', () => {
  it('gets nothing but electron', async () => {
    expect(await fixture.page.evaluate(() => window.fixture.refused)).toEqual({
      fs: 'module not found: fs',
      relative: 'module not found: ./other.cjs',
      send: 'not implemented in the stand-in: ipcRenderer.send',
      app: 'not implemented in the stand-in: electron.app',
      buffer: 'not implemented in the stand-in: Buffer.from',
      twice: 'Cannot bind an API on top of an existing property on the window object',
    });
  });

  it('knows that it is in a renderer', async () => {
    expect(await fixture.page.evaluate(() => window.fixture.process)).toMatchObject({
      type: 'renderer',
      sandboxed: true,
    });
  });

  it('has its exception reported', async () => {
    await fixture.app.evaluate(() => {
      const { fixture: app } = globalThis as unknown as {
        fixture: { openWindow: (options: { preload: string }) => void };
      };
      app.openWindow({ preload: 'broken-preload.cjs' });
    });
    await expect
      .poll(() => fixture.seen('preload-error'))
      .toMatchObject([{ message: 'broken on purpose' }]);
  });
});
