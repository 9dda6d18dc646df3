// The vault process's services as main sees them: over the link, with the real vault in a real file.

import {
  copyFileSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ItemId } from '../../../src/shared/brand.ts';
import { toUtf8 } from '../../../src/shared/bytes.ts';
import type { ItemDraft, ItemQuery } from '../../../src/shared/model/item.ts';
import { makeChromeExport } from '../../support/chrome-export.ts';
import { flipped } from '../../support/flipped-bits.ts';
import { password } from '../../support/presented-secrets.ts';
import { VaultWorld } from '../../support/vault-world.ts';

let world: VaultWorld;

beforeEach(() => {
  world = new VaultWorld();
});

afterEach(() => {
  expect(world.bugs).toEqual([]);
  world[Symbol.dispose]();
});

const draft = (over: Partial<ItemDraft> = {}): ItemDraft => ({
  kind: 'login',
  id: null,
  title: 'GitHub',
  fields: { username: 'anna', password: 'pa55 wörd' },
  urls: [{ url: 'https://github.com/login', match: 'domain' }],
  note: 'codes in the safe',
  tags: ['work'],
  favourite: false,
  sections: [],
  oneTimeCode: { action: 'keep' },
  sshKey: { action: 'keep' },
  loginId: null,
  ...over,
});

const query = (over: Partial<ItemQuery> = {}): ItemQuery => ({
  section: { in: 'all' },
  text: '',
  sort: 'title',
  offset: 0,
  limit: 100,
  ...over,
});

const titles = async (over: Partial<ItemQuery> = {}) =>
  (await world.call('items:list', query(over))).items.map(({ title }) => title);

describe('unlocking', () => {
  it('opens with the right password alone, and keeps the state across a close', async () => {
    await world.create();
    const { id } = await world.call('items:save', draft());
    await world.close();
    await expect(world.unlock('another')).rejects.toMatchObject({ code: 'vault/wrong-password' });
    await world.unlock();
    await expect(world.call('items:get', { id })).resolves.toMatchObject({ title: 'GitHub' });
    expect(world.announced['vault:unlocked']).toEqual([{ path: world.path }, { path: world.path }]);
  });

  it('refuses every request of items while locked', async () => {
    await expect(world.call('items:list', query())).rejects.toMatchObject({ code: 'vault/locked' });
    await expect(world.call('items:count', {})).rejects.toMatchObject({ code: 'vault/locked' });
  });

  it('never replaces a vault that is there', async () => {
    await world.create();
    await world.close();
    const before = readFileSync(world.path);
    await expect(world.create('second password')).rejects.toMatchObject({
      code: 'vault/already-exists',
    });
    expect(readFileSync(world.path).equals(before)).toBe(true);
  });

  it('refuses a master password that is no password', async () => {
    await expect(world.create('1234567')).rejects.toMatchObject({
      code: 'vault/password-too-short',
    });
  });

  it.each([
    ['a text file', toUtf8('not a vault at all, but long enough to be read as one')],
    ['an empty file', new Uint8Array()],
  ])('says of %s that it is no vault', async (_name, bytes) => {
    writeFileSync(world.path, bytes);
    await expect(world.unlock()).rejects.toMatchObject({ code: 'vault/not-a-vault' });
    expect(Uint8Array.from(readFileSync(world.path))).toEqual(bytes);
  });

  it('opens a copy of a closed vault: everything is in the one file', async () => {
    await world.create();
    await world.call('items:save', draft());
    await world.close();
    const copy = join(world.folder, 'Copy.latchkey');
    copyFileSync(world.path, copy);
    await world.unlock('test password', copy);
    await expect(titles()).resolves.toEqual(['GitHub']);
  });
});

describe('two who open at once', () => {
  it('leaves one vault open and the other shut, whichever came first', async () => {
    const other = join(world.folder, 'Other.latchkey');
    await world.create();
    await world.close();
    await world.create('other password', other);
    await world.close();
    const both = await Promise.allSettled([world.unlock(), world.unlock('other password', other)]);
    const [opened, refused] = both.toSorted((a, b) => a.status.localeCompare(b.status));
    expect(opened).toMatchObject({ status: 'fulfilled' });
    expect(refused).toMatchObject({
      status: 'rejected',
      reason: { code: 'vault/another-is-open' },
    });
    await world.close();
    await expect(world.unlock('other password', other)).resolves.toBeNull();
  });

  it('asks an open vault whether the password is its own, and announces nothing again', async () => {
    await world.create();
    await expect(world.unlock()).resolves.toBeNull();
    await expect(world.unlock('wrong')).rejects.toMatchObject({ code: 'vault/wrong-password' });
    expect(world.announced['vault:unlocked']).toHaveLength(1);
  });
});

describe('items', () => {
  beforeEach(() => world.create());

  it('keeps the password out of lists and details, and gives it one field at a time', async () => {
    const { id } = await world.call('items:save', draft());
    const seen = [
      await world.call('items:list', query()),
      await world.call('items:get', { id }),
      await world.call('items:count', {}),
    ];
    expect(JSON.stringify(seen)).not.toContain('pa55');
    const revealed = await world.call('items:reveal-field', {
      id,
      field: 'password',
      revision: null,
    });
    expect(revealed).toEqual({ value: 'pa55 wörd', hideAfterMs: 30_000 });
    await world.call('items:copy-field', { id, field: 'password' });
    expect(world.copied).toEqual(['pa55 wörd']);
  });

  it('leaves the password as it is when a change does not name one', async () => {
    const { id } = await world.call('items:save', draft());
    await world.call(
      'items:save',
      draft({ id, title: 'GitHub, work', fields: { password: null } }),
    );
    await expect(
      world.call('items:reveal-field', { id, field: 'password', revision: null }),
    ).resolves.toMatchObject({ value: 'pa55 wörd' });
    await expect(titles()).resolves.toEqual(['GitHub, work']);
  });

  it('finds by every word, whatever the case and the accents, in title, user, host and tag', async () => {
    await world.call(
      'items:save',
      draft({ title: 'Café Müller', fields: { username: 'zoë' }, tags: ['Öl'] }),
    );
    await world.call('items:save', draft({ title: 'Other' }));
    for (const text of ['cafe', 'MULLER', 'müller café', 'zoe github', 'ol muller']) {
      await expect(titles({ text })).resolves.toEqual(['Café Müller']);
    }
    await expect(titles({ text: 'pa55' })).resolves.toEqual([]);
    await expect(titles({ text: 'cafe nothing' })).resolves.toEqual([]);
  });

  it('moves to the trash and back without losing anything', async () => {
    const { id } = await world.call('items:save', draft({ favourite: true }));
    const before = await world.call('items:get', { id });
    await world.call('items:trash', { ids: [id] });
    await expect(titles()).resolves.toEqual([]);
    await expect(titles({ section: { in: 'trash' } })).resolves.toEqual(['GitHub']);
    await expect(world.call('items:count', {})).resolves.toMatchObject({ all: 0, trash: 1 });
    await world.call('items:restore', { ids: [id] });
    const after = await world.call('items:get', { id });
    expect(after).toEqual({ ...before, revisions: before.revisions + 2 });
  });

  it('pages, sorts and counts', async () => {
    for (const title of ['b', 'a10', 'a9']) {
      await world.call('items:save', draft({ title, tags: [title.charAt(0)] }));
    }
    await expect(titles()).resolves.toEqual(['a9', 'a10', 'b']);
    const page = await world.call('items:list', query({ offset: 1, limit: 1 }));
    expect(page).toMatchObject({ total: 3, items: [{ title: 'a10' }] });
    const counts = await world.call('items:count', {});
    expect(counts).toMatchObject({ all: 3, kinds: { login: 3, passkey: 0, note: 0 }, damaged: 0 });
    expect(counts.tags).toEqual([
      { tag: 'a', count: 2 },
      { tag: 'b', count: 1 },
    ]);
    await expect(titles({ section: { in: 'tag', tag: 'b' } })).resolves.toEqual(['b']);
  });

  it('takes the same item twice in one request as once', async () => {
    const { id } = await world.call('items:save', draft());
    await world.call('items:trash', { ids: [id, id] });
    await expect(titles({ section: { in: 'trash' } })).resolves.toEqual(['GitHub']);
  });

  it('refuses to call saved what would lie in a file that is gone', async () => {
    rmSync(world.path);
    await expect(world.call('items:save', draft())).rejects.toMatchObject({
      code: 'vault/write-failed',
    });
    await expect(titles()).resolves.toEqual([]);
  });

  it('says so when an item does not exist, and changes nothing', async () => {
    const id = '0'.repeat(32) as ItemId;
    await expect(world.call('items:get', { id })).rejects.toMatchObject({
      code: 'vault/item-not-found',
    });
    const { id: real } = await world.call('items:save', draft());
    await expect(world.call('items:trash', { ids: [id] })).rejects.toMatchObject({
      code: 'vault/item-not-found',
    });
    await expect(titles()).resolves.toEqual(['GitHub']);
    const receipt = await world.call('items:trash', { ids: [real, id] });
    expect(receipt).toMatchObject({ changed: 1, passedOver: [id] });
    expect(await world.call('items:summaries', { ids: [id, real] })).toMatchObject([
      { id: real, title: 'GitHub' },
    ]);
  });
});

describe('carrying in and out', () => {
  const token = '7'.repeat(32);

  beforeEach(() => world.create());

  async function importFile(name: string, bytes: Uint8Array, password: string | null = null) {
    const path = join(world.folder, name);
    writeFileSync(path, bytes);
    await world.call('transfer:open-import', { path, token });
    const secret = password === null ? null : toUtf8(password);
    return world.call('transfer:preview-import', { token, password: secret });
  }

  it('accounts for every row, takes them in one go and knows them again', async () => {
    const { csv, expected } = makeChromeExport({ rows: 1_000, seed: 1, withBadRows: true });
    const report = await importFile('chrome.csv', csv);
    expect(report).toMatchObject({ rows: expected.rows, taken: expected.logins.length });
    expect(report.taken + report.skipped.length).toBe(report.rows);
    await expect(titles()).resolves.toEqual([]);
    const outcome = await world.call('transfer:commit-import', { token });
    expect(outcome.imported).toBe(report.taken);
    await expect(world.call('items:count', {})).resolves.toMatchObject({ all: report.taken });
    const again = await importFile('again.csv', csv);
    expect(again.taken).toBe(0);
  });

  it('gives up a preview when it is discarded or another file is chosen', async () => {
    const { csv } = makeChromeExport({ rows: 3, seed: 2 });
    await importFile('a.csv', csv);
    await world.call('transfer:discard-import', { token });
    await expect(world.call('transfer:commit-import', { token })).rejects.toMatchObject({
      code: 'transfer/preview-gone',
    });
    await expect(titles()).resolves.toEqual([]);
  });

  it('carries everything into a second vault through an export', async () => {
    await world.call('items:save', draft());
    const { id } = await world.call(
      'items:save',
      draft({ title: 'Old', fields: { password: 'gone by' } }),
    );
    await world.call('items:trash', { ids: [id] });
    const path = join(world.folder, 'out.latchkey-export');
    const exportPassword = toUtf8('export password');
    await expect(
      world.call('transfer:write-export', { path, exportPassword }),
    ).resolves.toMatchObject({
      fileName: 'out.latchkey-export',
      items: 2,
      kinds: { login: 2 },
      leftOut: { items: 0, files: 0, names: [] },
    });
    await world.close();
    await world.create('second vault', join(world.folder, 'Second.latchkey'));
    const bytes = readFileSync(path);
    await expect(importFile('in.latchkey-export', bytes, 'wrong')).rejects.toMatchObject({
      code: 'transfer/wrong-password',
    });
    const report = await importFile('in.latchkey-export', bytes, 'export password');
    expect(report).toMatchObject({ format: 'latchkey-export', taken: 2 });
    await world.call('transfer:commit-import', { token });
    await expect(titles()).resolves.toEqual(['GitHub']);
    await expect(titles({ section: { in: 'trash' } })).resolves.toEqual(['Old']);
  });

  it.each([
    [
      'cut in the middle',
      (bytes: Uint8Array) => bytes.slice(0, bytes.length / 2),
      'transfer/truncated',
    ],
    [
      'with one bit flipped',
      (bytes: Uint8Array) => flipped(bytes, bytes.length - 40),
      'transfer/damaged',
    ],
    ['that is something else', () => toUtf8('hello'), 'transfer/not-recognised'],
  ])('refuses an export %s whole', async (_name, harm, code) => {
    await world.call('items:save', draft());
    const path = join(world.folder, 'out.latchkey-export');
    await world.call('transfer:write-export', { path, exportPassword: toUtf8('export password') });
    const harmed = harm(Uint8Array.from(readFileSync(path)));
    await expect(
      importFile('bad.latchkey-export', harmed, 'export password'),
    ).rejects.toMatchObject({
      code,
    });
    await expect(titles()).resolves.toEqual(['GitHub']);
  });

  it('never writes an export over a vault, open or shut', async () => {
    await world.call('items:save', draft());
    const shut = join(world.folder, 'Shut.latchkey');
    copyFileSync(world.path, shut);
    const link = join(world.folder, 'link.latchkey-export');
    symlinkSync(world.path, link);
    for (const path of [world.path, shut, link]) {
      const exportPassword = toUtf8('export password');
      await expect(
        world.call('transfer:write-export', { path, exportPassword }),
      ).rejects.toMatchObject({ code: 'transfer/target-is-a-vault' });
    }
    await world.call('items:save', draft({ title: 'After' }));
    await world.close();
    await world.unlock();
    await expect(titles()).resolves.toEqual(['After', 'GitHub']);
    await world.close();
    const secret = password();
    // By now it is an older copy of the vault.
    const opened = world.call('vault:open-file', { path: shut, secret, acceptOlder: true });
    await expect(opened).resolves.toBeNull();
  });

  it('takes a login again that lies in the trash', async () => {
    const { csv } = makeChromeExport({ rows: 3, seed: 2 });
    const { taken } = await importFile('a.csv', csv);
    await world.call('transfer:commit-import', { token });
    const { items } = await world.call('items:list', query());
    await world.call('items:trash', { ids: items.map(({ id }) => id) });
    await expect(importFile('b.csv', csv)).resolves.toMatchObject({ taken });
  });

  it('keeps a good preview when the password is wrong the second time', async () => {
    await world.call('items:save', draft());
    const path = join(world.folder, 'out.latchkey-export');
    await world.call('transfer:write-export', { path, exportPassword: toUtf8('export password') });
    const { id } = await world.call('items:save', draft({ title: 'Other' }));
    await world.call('items:trash', { ids: [id] });
    await world.call('transfer:open-import', { path, token });
    const preview = (password: string | null) =>
      world.call('transfer:preview-import', {
        token,
        password: password === null ? null : toUtf8(password),
      });
    await preview('export password');
    await expect(preview('wrong')).rejects.toMatchObject({ code: 'transfer/wrong-password' });
    await expect(preview(null)).rejects.toMatchObject({ code: 'transfer/wrong-password' });
    await expect(world.call('transfer:commit-import', { token })).resolves.toMatchObject({
      skipped: 1,
    });
  });

  it('gives up a preview that is discarded while it reads', async () => {
    const { csv } = makeChromeExport({ rows: 50, seed: 2 });
    const path = join(world.folder, 'a.csv');
    writeFileSync(path, csv);
    await world.call('transfer:open-import', { path, token });
    const reading = world.call('transfer:preview-import', { token, password: null });
    await world.call('transfer:discard-import', { token });
    await expect(reading).rejects.toMatchObject({ code: 'transfer/preview-gone' });
  });

  it.each(['missing-folder/out.latchkey-export', '.'])(
    'leaves no file behind when an export cannot be written to %s',
    async (name) => {
      const before = readdirSync(world.folder);
      const path = join(world.folder, name);
      await expect(
        world.call('transfer:write-export', { path, exportPassword: toUtf8('export password') }),
      ).rejects.toMatchObject({ code: 'transfer/write-failed' });
      expect(readdirSync(world.folder)).toEqual(before);
    },
  );
});
