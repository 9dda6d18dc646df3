// What the stand-in makes of the desktop: strict until a test says otherwise, and then as that test has it.
// SPDX-License-Identifier: MIT

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFixture, type FixtureApp } from './fixture-app.ts';
import { mainError as errorIn } from './main-error.ts';

/** What the stand-in offers to tests in the main process. */
interface Offered {
  readonly electronStandIn: {
    readonly openedExternally: readonly string[];
    readonly switchKeystoreOn: () => void;
    readonly switchTouchId: (on: 'right' | 'wrong' | null) => void;
    readonly touchIdReasons: () => readonly string[];
  };
}

let fixture: FixtureApp;

const mainError = (
  action: (electron: typeof Electron.CrossProcessExports) => unknown,
): Promise<string> => errorIn(fixture.app, action);

beforeAll(async () => {
  fixture = await startFixture();
});

afterAll(async () => {
  await fixture[Symbol.asyncDispose]();
});

describe('what a test has to say first', () => {
  it('throws when a dialog was not programmed, and shows what a test put in its place', async () => {
    const unsaid = 'the test has not said what the person answers';
    expect(await mainError(({ dialog }) => dialog.showOpenDialog({}))).toContain(unsaid);
    expect(await mainError(({ dialog }) => dialog.showMessageBox({ message: '?' }))).toContain(
      unsaid,
    );
    const answers = await fixture.app.evaluate(async ({ dialog }) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: ['/one'] });
      dialog.showMessageBox = () => Promise.resolve({ response: 1, checkboxChecked: false });
      return [await dialog.showOpenDialog({}), await dialog.showMessageBox({ message: '?' })];
    });
    expect(answers).toEqual([
      { canceled: false, filePaths: ['/one'] },
      { response: 1, checkboxChecked: false },
    ]);
  });

  it('answers no request of the network, and then what a test put in its place', async () => {
    expect(await mainError(({ net }) => net.fetch('https://example.com/a'))).toBe(
      'net.fetch: the test has not said what https://example.com/a answers',
    );
    expect(await mainError(({ net }) => net.isOnline())).toContain('not implemented');
    const text = await fixture.app.evaluate(async ({ net }) => {
      net.fetch = (url) => Promise.resolve(new Response(`answer of ${url as string}`));
      return (await net.fetch('https://example.com/b')).text();
    });
    expect(text).toBe('answer of https://example.com/b');
  });
});

describe('the keystore', () => {
  it('is none at first', async () => {
    const state = await fixture.app.evaluate(async ({ safeStorage }) => [
      await safeStorage.isAsyncEncryptionAvailable(),
      safeStorage.getSelectedStorageBackend(),
    ]);
    expect(state).toEqual([false, 'basic_text']);
    expect(await mainError(({ safeStorage }) => safeStorage.encryptStringAsync('x'))).toContain(
      'safeStorage is not available',
    );
  });

  it('really encrypts once a test has switched it on, and says whose it is', async () => {
    const seen = await fixture.app.evaluate(async ({ safeStorage }) => {
      (globalThis as unknown as Offered).electronStandIn.switchKeystoreOn();
      const sealed = await safeStorage.encryptStringAsync('my secret word');
      const again = await safeStorage.encryptStringAsync('my secret word');
      const opened = await safeStorage.decryptStringAsync(sealed);
      return {
        isAvailable: await safeStorage.isAsyncEncryptionAvailable(),
        backend: safeStorage.getSelectedStorageBackend(),
        mark: sealed.toString('latin1').slice(0, 19),
        holdsText: sealed.includes('secret word'),
        isSame: sealed.equals(again),
        opened,
      };
    });
    expect(seen).toEqual({
      isAvailable: true,
      backend: 'gnome_libsecret',
      mark: 'stand-in keystore: ',
      holdsText: false,
      isSame: false,
      opened: { shouldReEncrypt: false, result: 'my secret word' },
    });
  });

  it('opens nothing that was changed, cut off or not sealed by it', async () => {
    const messages = await fixture.app.evaluate(async ({ safeStorage }) => {
      const sealed = await safeStorage.encryptStringAsync('x');
      const changed = Buffer.from(sealed);
      changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
      const unmarked = Buffer.from(sealed);
      unmarked[0] = 0;
      const bad = [
        changed,
        unmarked,
        sealed.subarray(0, 30),
        Buffer.from('plain'),
        Buffer.alloc(0),
      ];
      return Promise.all(
        bad.map((bytes) =>
          safeStorage.decryptStringAsync(bytes).then(
            () => 'opened',
            (error: unknown) => (error as Error).message,
          ),
        ),
      );
    });
    expect(new Set(messages).size).toBe(1);
    expect(messages[0]).toContain('Error while decrypting');
  });
});

describe('Touch ID', () => {
  it('is absent at first', async () => {
    expect(
      await fixture.app.evaluate(({ systemPreferences }) => systemPreferences.canPromptTouchID()),
    ).toBe(false);
    expect(await mainError((e) => e.systemPreferences.promptTouchID('open'))).toContain(
      'not available',
    );
  });

  it('takes the right finger and refuses the wrong one, once a test has switched it on', async () => {
    const seen = await fixture.app.evaluate(async ({ systemPreferences }) => {
      const { electronStandIn } = globalThis as unknown as Offered;
      const ask = (reason: string): Promise<string> =>
        systemPreferences.promptTouchID(reason).then(
          () => 'taken',
          (error: unknown) => (error as Error).message,
        );
      electronStandIn.switchTouchId('right');
      const right = [systemPreferences.canPromptTouchID(), await ask('right')];
      electronStandIn.switchTouchId('wrong');
      const wrong = [systemPreferences.canPromptTouchID(), await ask('wrong')];
      electronStandIn.switchTouchId(null);
      return { right, wrong, reasons: electronStandIn.touchIdReasons() };
    });
    expect(seen).toEqual({
      right: [true, 'taken'],
      wrong: [true, 'Authentication failed.'],
      reasons: ['open', 'right', 'wrong'],
    });
  });
});

describe('the clipboard', () => {
  it('is in memory', async () => {
    const text = await fixture.app.evaluate(async ({ clipboard }) => {
      await clipboard.writeText('copied');
      const before = await clipboard.readText();
      clipboard.clear();
      return [before, await clipboard.readText(), await clipboard.has('text/plain')];
    });
    expect(text).toEqual(['copied', '', false]);
  });

  it('holds a picture in place of a text, until something else is copied', async () => {
    const seen = await fixture.app.evaluate(async ({ clipboard, ClipboardItem }) => {
      await clipboard.writeText('before');
      const blob = new Blob([Uint8Array.of(1, 2, 255)], { type: 'image/png' });
      await clipboard.write([new ClipboardItem({ 'image/png': blob })]);
      const [item] = await clipboard.read();
      const got = await item?.getType('image/png');
      const bytes = got instanceof Blob ? [...new Uint8Array(await got.arrayBuffer())] : null;
      const picture = [item?.types, bytes, await clipboard.readText()];
      const has = [await clipboard.has('image/png'), await clipboard.has('text/plain')];
      await clipboard.writeText('after');
      const after = (await clipboard.read()).map(({ types }) => types);
      clipboard.clear();
      return { picture, has, after, end: await clipboard.read() };
    });
    expect(seen).toEqual({
      picture: [['image/png'], [1, 2, 255], ''],
      has: [true, false],
      after: [['text/plain']],
      end: [],
    });
  });

  it('refuses what it cannot hold', async () => {
    expect(
      await mainError(({ ClipboardItem }) => new ClipboardItem({ 'text/html': '<b>x</b>' })),
    ).toContain('not implemented in the stand-in: a ClipboardItem of text/html');
    expect(await mainError(({ clipboard }) => clipboard.write([]))).toContain('not implemented');
  });
});

describe('the desktop under test', () => {
  it('records what would have been opened', async () => {
    const opened = await fixture.app.evaluate(async ({ shell }) => {
      await shell.openExternal('https://example.com/help');
      return (globalThis as unknown as Offered).electronStandIn.openedExternally;
    });
    expect(opened).toEqual(['https://example.com/help']);
  });

  it('has power events only from the test', async () => {
    const count = await fixture.app.evaluate(({ powerMonitor }) => {
      let suspended = 0;
      powerMonitor.on('suspend', () => (suspended += 1));
      powerMonitor.emit('suspend');
      return suspended;
    });
    expect(count).toBe(1);
  });
});
