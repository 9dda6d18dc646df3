import { describe, expect, it, vi } from 'vitest';
import { requests, type Channel } from '../../../src/shared/ipc/requests.ts';
import { DEFAULT_SETTINGS } from '../../../src/shared/model/vault.ts';
import type { Doorway, MainHandlers, SenderView } from '../../../src/main/ipc/register-handlers.ts';

// The file under test imports ipcMain, which exists only inside Electron; what is tested here never touches it.
vi.mock('electron/main', () => ({ ipcMain: { handle: () => undefined } }));
const { answerRequest } = await import('../../../src/main/ipc/register-handlers.ts');

const MAIN: SenderView = {
  webContentsId: 1,
  frameUrl: 'app://latchkey/main.html',
  isTopFrame: true,
};
const UNLOCK: SenderView = {
  webContentsId: 2,
  frameUrl: 'app://latchkey/unlock.html',
  isTopFrame: true,
};

function doorway(over: Partial<Doorway> = {}) {
  const called: { channel: string; input: unknown }[] = [];
  const handlers = new Proxy({} as MainHandlers, {
    get: (_target, channel: string) => (input: unknown) => {
      called.push({ channel, input });
      return 'handled';
    },
  });
  const door: Doorway = {
    kindOf: (id) => (id === 1 ? 'main' : id === 2 ? 'unlock' : null),
    isUnlocked: () => true,
    handlers,
    forward: (channel, input) => {
      called.push({ channel, input });
      return Promise.resolve('forwarded' as never);
    },
    reportBug: () => undefined,
    ...over,
  };
  return { door, called };
}

const id = 'ab'.repeat(16);

describe('answerRequest', () => {
  it('forwards what belongs to the vault process and handles what belongs to main', async () => {
    const { door, called } = doorway();
    await expect(answerRequest(door, 'items:get', MAIN, { id })).resolves.toEqual({
      ok: true,
      value: 'forwarded',
    });
    await expect(answerRequest(door, 'settings:get', MAIN, {})).resolves.toEqual({
      ok: true,
      value: 'handled',
    });
    expect(called.map((one) => one.channel)).toEqual(['items:get', 'settings:get']);
  });

  const strangers: [string, SenderView][] = [
    ['an unknown window', { ...MAIN, webContentsId: 9 }],
    ['a subframe', { ...MAIN, isTopFrame: false }],
    ['a frame that is gone', { ...MAIN, frameUrl: null }],
    ['another page in our window', { ...MAIN, frameUrl: 'https://example.org/main.html' }],
    ['another of our pages in this window', { ...MAIN, frameUrl: 'app://latchkey/unlock.html' }],
    ['our page with a query', { ...MAIN, frameUrl: 'app://latchkey/main.html?x' }],
    ['our host under another scheme', { ...MAIN, frameUrl: 'https://latchkey/main.html' }],
    ['a window of a kind that may not', UNLOCK],
  ];
  it.each(strangers)('refuses %s without calling anything', async (_name, sender) => {
    const { door, called } = doorway();
    await expect(answerRequest(door, 'items:get', sender, { id })).resolves.toMatchObject({
      ok: false,
      error: { code: 'ipc/forbidden' },
    });
    expect(called).toEqual([]);
  });

  it('keeps the lock rule of the row', async () => {
    const { door, called } = doorway({ isUnlocked: () => false });
    await expect(answerRequest(door, 'items:get', MAIN, { id })).resolves.toMatchObject({
      error: { code: 'ipc/forbidden', details: { needs: 'unlocked' } },
    });
    const open = doorway();
    const input = { key: id, password: Uint8Array.of(1) };
    await expect(answerRequest(open.door, 'vault:unlock', UNLOCK, input)).resolves.toMatchObject({
      error: { code: 'ipc/forbidden', details: { needs: 'locked' } },
    });
    expect([...called, ...open.called]).toEqual([]);
  });

  const wrong: [Channel, unknown, string][] = [
    ['items:get', { id: 'short' }, 'id'],
    ['items:get', { id, more: 1 }, ''],
    ['items:get', null, ''],
    ['items:get', [], ''],
    ['items:trash', { ids: [] }, 'ids'],
    ['items:trash', { ids: [id, 'x'] }, 'ids.1'],
    [
      'items:list',
      { section: { in: 'nowhere' }, text: '', sort: 'title', offset: 0, limit: 1 },
      'section.in',
    ],
    [
      'items:list',
      { section: { in: 'all' }, text: '', sort: 'title', offset: 0, limit: 201 },
      'limit',
    ],
    [
      'items:list',
      { section: { in: 'all' }, text: 'x'.repeat(513), sort: 'title', offset: 0, limit: 1 },
      'text',
    ],
    [
      'settings:save',
      { theme: 'system', autoLockMinutes: 0, clipboardClearSeconds: 30 },
      'autoLockMinutes',
    ],
    ['settings:save', { ...DEFAULT_SETTINGS, foldedGroups: ['tags', 'attic'] }, 'foldedGroups.1'],
    ['clipboard:copy-secret', { text: '' }, 'text'],
    ['transfer:preview-import', { token: id, password: 'text' }, 'password'],
    ['transfer:preview-import', { token: id, password: Uint8Array.of(1) }, 'password.keyId'],
    ['test-site:open', { host: 'evil.example' }, 'host'],
  ];
  it.each(wrong)('refuses %s with %j and names the path', async (channel, input, path) => {
    const { door, called } = doorway();
    const result = await answerRequest(door, channel, MAIN, input);
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'ipc/invalid-input', details: { path } },
    });
    expect(JSON.stringify(result)).not.toContain('evil');
    expect(called).toEqual([]);
  });

  it('zeroes the bytes of an input it refuses', async () => {
    const { door } = doorway();
    const password = Uint8Array.of(1, 2, 3);
    await answerRequest(door, 'vault:unlock', UNLOCK, { key: id, password });
    expect(password).toEqual(new Uint8Array(3));
  });

  it('gives each channel of the table windows and an owner', () => {
    const rows = Object.entries(requests);
    expect(rows.filter(([, row]) => (row.windows as readonly string[]).length === 0)).toEqual([]);
    expect(rows.every(([name]) => /^[a-z-]+:[a-z-]+$/.test(name))).toBe(true);
  });
});
