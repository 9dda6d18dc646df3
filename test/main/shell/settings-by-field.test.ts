// Settings that do not all parse: each stands on its own, and what another version has written survives this one.
// SPDX-License-Identifier: MIT

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { SettingsFile } from '../../../src/main/shell/settings-file.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../src/shared/model/vault.ts';

/** None of them is the default. */
const CHOSEN: Settings = {
  theme: 'dark',
  autoLockMinutes: 3,
  clipboardClearSeconds: 60,
  onlineBreachCheck: true,
  foldedGroups: ['tags', 'vault'],
};

let path: string;

beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'latchkey-settings-')), 'settings.json');
});

function fileOf(content: unknown): SettingsFile {
  writeFileSync(path, JSON.stringify(content));
  return new SettingsFile(path);
}

const written = (): unknown => JSON.parse(readFileSync(path, 'utf8'));

describe('a setting that does not parse', () => {
  it('is there for every one of them', () => {
    expect(Object.keys(CHOSEN)).toEqual(Object.keys(DEFAULT_SETTINGS));
  });

  it.each<[keyof Settings, unknown]>([
    ['theme', 'sepia'],
    ['theme', undefined],
    ['autoLockMinutes', 100_000],
    ['autoLockMinutes', '3'],
    ['clipboardClearSeconds', 1],
    ['onlineBreachCheck', 'yes'],
    ['onlineBreachCheck', null],
    ['foldedGroups', 'tags'],
    ['foldedGroups', { 0: 'tags' }],
    ['foldedGroups', ['tags', 'tags', 'tags', 'tags', 'tags']],
    ['foldedGroups', undefined],
  ])('falls back to the default of %s alone: %j', (name, value) => {
    const { settings } = fileOf({ settings: { ...CHOSEN, [name]: value } });
    expect(settings).toEqual({ ...CHOSEN, [name]: DEFAULT_SETTINGS[name] });
  });

  it('leaves all others as they were chosen when one more is there', () => {
    expect(fileOf({ settings: { ...CHOSEN, density: 'compact' } }).settings).toEqual(CHOSEN);
  });

  it.each([
    [['tags', 'attic', 'vault']],
    [['attic', 'tags', 7, null, 'vault', { tags: 1 }, ['kinds'], 'cellar']],
  ])('takes no known member of a list with it: %j', (foldedGroups) => {
    expect(fileOf({ settings: { ...CHOSEN, foldedGroups } }).settings).toEqual(CHOSEN);
  });

  it.each([[null], [[]], ['dark'], [7]])('means the defaults where settings are %j', (settings) => {
    const read = fileOf({ settings, knownVaults: ['/a', 7, '/b'], lastVault: '/a' });
    expect(read.settings).toEqual(DEFAULT_SETTINGS);
    expect([read.knownVaults, read.lastVault]).toEqual([['/a', '/b'], '/a']);
  });
});

describe('what a newer version has written', () => {
  const NEWER = {
    settings: { ...CHOSEN, theme: 'sepia', foldedGroups: ['attic', 'tags'], density: { rows: 2 } },
    ...{ knownVaults: ['/a'], lastVault: '/a', windows: [{ x: 1 }] },
  };

  it('is still there after this one has saved something else', () => {
    fileOf(NEWER).save({ lastVault: '/b' });
    expect(written()).toEqual({
      ...{ ...NEWER, lastVault: '/b' },
      settings: { ...NEWER.settings, foldedGroups: ['tags', 'attic'] },
    });
  });

  it('is still there after two savings, and only once', () => {
    const file = fileOf(NEWER);
    for (const lastVault of ['/b', '/a']) file.save({ lastVault });
    new SettingsFile(path).save({ knownVaults: ['/a', '/b'] });
    expect(written()).toEqual({
      ...{ ...NEWER, knownVaults: ['/a', '/b'] },
      settings: { ...NEWER.settings, foldedGroups: ['tags', 'attic'] },
    });
  });

  it('gives way to what is chosen in its place', () => {
    const file = fileOf(NEWER);
    file.save({ settings: { ...file.settings, theme: 'light', foldedGroups: ['kinds'] } });
    expect(written()).toMatchObject({
      settings: { theme: 'light', foldedGroups: ['kinds', 'attic'], density: { rows: 2 } },
    });
    expect(new SettingsFile(path).settings).toEqual({
      ...{ ...CHOSEN, theme: 'light', foldedGroups: ['kinds'] },
    });
  });

  it('is not taken for more than it is: names of objects are no settings', () => {
    writeFileSync(path, '{"settings":{"__proto__":{"theme":"dark"},"constructor":1}}');
    const file = new SettingsFile(path);
    expect(file.settings).toEqual(DEFAULT_SETTINGS);
    file.save({ lastVault: '/a' });
    expect(new SettingsFile(path).settings).toEqual(DEFAULT_SETTINGS);
    expect({}).not.toHaveProperty('theme');
  });
});
