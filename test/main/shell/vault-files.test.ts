import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { SettingsFile } from '../../../src/main/shell/settings-file.ts';
import { nameOf, VaultFiles } from '../../../src/main/shell/vault-files.ts';
import { DEFAULT_SETTINGS } from '../../../src/shared/model/vault.ts';

let folder: string;
let settings: SettingsFile;
let files: VaultFiles;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-files-'));
  settings = new SettingsFile(join(folder, 'settings.json'));
  files = new VaultFiles(join(folder, 'vaults'), settings);
});

function put(path: string, mtimeSeconds: number): string {
  writeFileSync(path, 'vault');
  utimesSync(path, mtimeSeconds, mtimeSeconds);
  return path;
}

describe('VaultFiles', () => {
  it('lists its own folder and files pointed at, the last opened first', () => {
    const old = put(join(folder, 'vaults/Old.latchkey'), 1_000);
    put(join(folder, 'vaults/New.latchkey'), 2_000);
    writeFileSync(join(folder, 'vaults/notes.txt'), 'no vault');
    files.add(put(join(folder, 'Elsewhere.latchkey'), 3_000));
    files.markOpened(old);
    expect(files.list().map(({ name, isLast }) => [name, isLast])).toEqual([
      ['Old', true],
      ['Elsewhere', false],
      ['New', false],
    ]);
  });

  it('lists the others when one is a link that leads nowhere', () => {
    put(join(folder, 'vaults/A.latchkey'), 1_000);
    symlinkSync('Loop.latchkey', join(folder, 'vaults/Loop.latchkey'));
    expect(files.list().map(({ name }) => name)).toEqual(['A']);
  });

  it('gives a path for a listed key alone', () => {
    const path = put(join(folder, 'vaults/A.latchkey'), 1_000);
    expect(files.pathOf(files.list()[0]?.key ?? '')).toBe(path);
    expect(() => files.pathOf('0'.repeat(32))).toThrow(
      expect.objectContaining({ code: 'vault/not-found' }),
    );
  });

  it('drops files that are gone from the list, and offers another as last', () => {
    files.markOpened(join(folder, 'vaults/Gone.latchkey'));
    const path = put(join(folder, 'vaults/There.latchkey'), 1_000);
    expect(files.list().map(({ name }) => name)).toEqual(['There']);
    expect(files.lastPath).toBe(path);
  });

  it.each([
    ['Personal', 'Personal'],
    ['../../etc/passwd', 'etc passwd'],
    ['a/b\\c:d', 'a b c d'],
    ['..', 'Vault'],
    ['  ', 'Vault'],
    ['naïve \u0000 name', 'naïve   name'],
  ])('puts a vault named %j into its folder as %j', (name, expected) => {
    const path = files.pathForNew(name);
    expect(path.startsWith(join(folder, 'vaults/'))).toBe(true);
    expect(nameOf(path)).toBe(expected);
  });
});

describe('SettingsFile', () => {
  it('starts with the defaults and keeps what was saved', () => {
    expect(settings.settings).toEqual(DEFAULT_SETTINGS);
    settings.save({ settings: { ...DEFAULT_SETTINGS, theme: 'dark' } });
    expect(new SettingsFile(join(folder, 'settings.json')).settings.theme).toBe('dark');
    expect(statSync(join(folder, 'settings.json')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).not.toContain('settings.json.new');
  });

  it.each(['', '{', '[]', '{"settings":{"theme":"pink"}}', '{"settings":null,"more":1}'])(
    'falls back to the defaults on %j',
    (content) => {
      writeFileSync(join(folder, 'settings.json'), content);
      expect(new SettingsFile(join(folder, 'settings.json')).settings).toEqual(DEFAULT_SETTINGS);
    },
  );

  it('keeps every member that parses when another does not', () => {
    const content = { settings: { theme: 'pink' }, knownVaults: ['/a'], lastVault: '/a', later: 1 };
    writeFileSync(join(folder, 'settings.json'), JSON.stringify(content));
    const read = new SettingsFile(join(folder, 'settings.json'));
    expect(read.settings).toEqual(DEFAULT_SETTINGS);
    expect([read.knownVaults, read.lastVault]).toEqual([['/a'], '/a']);
  });

  it('takes over a file from before groups could be folded', () => {
    const { foldedGroups: _, ...settings } = { ...DEFAULT_SETTINGS, autoLockMinutes: 3 };
    const path = join(folder, 'settings.json');
    writeFileSync(path, JSON.stringify({ settings, knownVaults: ['/a'], lastVault: '/a' }));
    const read = new SettingsFile(path);
    expect(read.settings).toEqual({ ...settings, foldedGroups: [] });
    read.save({ settings: { ...read.settings, foldedGroups: ['tags', 'vault'] } });
    expect(new SettingsFile(path).settings).toEqual({
      ...{ ...settings, foldedGroups: ['tags', 'vault'] },
    });
  });

  it.each([[['attic']], ['tags'], [['tags', 'tags', 'tags', 'tags', 'tags']], [null]])(
    'takes no %j for folded groups',
    (foldedGroups) => {
      const content = { settings: { ...DEFAULT_SETTINGS, foldedGroups } };
      writeFileSync(join(folder, 'settings.json'), JSON.stringify(content));
      const read = new SettingsFile(join(folder, 'settings.json'));
      expect(read.settings.foldedGroups).toEqual([]);
    },
  );

  it('keeps a longer time-out than the table allows from getting in', () => {
    const wide = {
      settings: { ...DEFAULT_SETTINGS, autoLockMinutes: 100_000 },
      knownVaults: [],
      lastVault: null,
    };
    writeFileSync(join(folder, 'settings.json'), JSON.stringify(wide));
    expect(new SettingsFile(join(folder, 'settings.json')).settings).toEqual(DEFAULT_SETTINGS);
  });

  it('says when it cannot be written and keeps what it had', () => {
    const nowhere = new SettingsFile(join(folder, 'missing/settings.json'));
    expect(() => nowhere.save({ lastVault: '/x' })).toThrow(
      expect.objectContaining({ code: 'settings/write-failed' }),
    );
    expect(nowhere.lastVault).toBeNull();
    expect(() => readFileSync(join(folder, 'missing/settings.json'))).toThrow();
  });
});
