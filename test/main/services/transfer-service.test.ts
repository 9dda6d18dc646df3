// Carrying whole vaults out and in: every kind of item, files, relations; what does not open is named, what fails leaves
// nothing, and what is ended in the middle says so.
// SPDX-License-Identifier: MIT

import { beforeEach, describe, expect, it } from 'vitest';
import type { ItemId } from '../../../src/shared/brand.ts';
import { toHex, toUtf8 } from '../../../src/shared/bytes.ts';
import { ITEM_KINDS } from '../../../src/shared/model/item-kinds.ts';
import { LIST_LIMITS } from '../../../src/shared/model/field-limits.ts';
import { UNFINISHED_TAG } from '../../../src/shared/model/transfer.ts';
import { KDF_FLOOR } from '../../../src/main/crypto/password-kdf.ts';
import { systemPace } from '../../../src/main/health/pace.ts';
import { ItemChanges } from '../../../src/main/services/item-changes.ts';
import { TransferService } from '../../../src/main/services/transfer-service.ts';
import { TransferError } from '../../../src/main/transfer/transfer-error.ts';
import type { Item, LoginItem } from '../../../src/main/vault/item.ts';
import type { UnlockedVault } from '../../../src/main/vault/unlocked-vault.ts';
import { VaultError } from '../../../src/main/vault/vault-error.ts';
import { attach, patternBytes, readAttached } from '../../support/attached-files.ts';
import { fullItem, loginItem, passkeyItem, privateKeyBytes } from '../../support/canary-items.ts';
import { spoilBodies } from '../../support/damage.ts';
import { flipped } from '../../support/flipped-bits.ts';
import { MemoryTransferFiles } from '../../support/memory-transfer-files.ts';
import { MemoryVaultStore } from '../../support/memory-vault-store.ts';
import { createTestVault, reopenTestVault } from '../../support/vault-fixture.ts';
import { type VaultTools, vaultTools } from '../../support/vault-tools.ts';

const FILE = 'out.latchkey-export';
const PASSWORD = 'export password';
const TOKEN = 'ab'.repeat(16);
const MIB = 1024 * 1024;

const files = new MemoryTransferFiles();

/** One vault with what is done to it. */
class Desk {
  readonly tools: VaultTools;
  readonly progress: (readonly [done: number, total: number])[] = [];
  readonly changes: ItemChanges;
  readonly service: TransferService;
  store: MemoryVaultStore;
  vault: UnlockedVault;
  onProgress: () => void = () => undefined;

  private constructor(seed: string, store: MemoryVaultStore, vault: UnlockedVault) {
    this.tools = vaultTools(`desk ${seed}`);
    this.store = store;
    this.vault = vault;
    this.changes = new ItemChanges({ vault: () => this.vault, onChanged: () => undefined });
    this.service = new TransferService({
      ...{ changes: this.changes, vaultPath: () => 'vault', files, newPace: systemPace },
      ...{ random: this.tools.random, clock: this.tools.clock },
      ...{ deriveKey: this.tools.kdf.derive, exportKdf: KDF_FLOOR },
      onProgress: (done, total) => {
        this.progress.push([done, total]);
        this.onProgress();
      },
    });
  }

  static async of(seed: string): Promise<Desk> {
    const store = new MemoryVaultStore();
    return new Desk(seed, store, await createTestVault(store, vaultTools(seed)));
  }

  save<T extends Item>(item: T): T {
    if (item.kind !== 'passkey') this.changes.save([{ item }]);
    else {
      using privateKey = privateKeyBytes(toHex(item.credentialId));
      this.changes.save([{ item, privateKey }]);
    }
    return item;
  }

  newLogin(over: Parameters<typeof loginItem>[1] = {}): LoginItem {
    return this.save(loginItem(this.vault.newItemId(), over));
  }

  newPasskey(over: Parameters<typeof passkeyItem>[1] = {}) {
    return this.save(passkeyItem(this.vault.newItemId(), over));
  }

  attach(id: ItemId, content: Uint8Array): string {
    return attach(this.vault, id, content);
  }

  /** Everything in the vault that is not an id, by title. */
  contents(): unknown {
    const titles = new Map(Array.from(this.vault.overviews(), ({ id, title }) => [id, title]));
    return Array.from(this.vault.overviews(), ({ id }) => {
      const { id: _, ...item } = this.vault.get(id);
      const attachments = item.attachments.map((one) => ({
        ...one,
        id: '',
        content: toHex(readAttached(this.vault, id, one.id)),
      }));
      if (item.kind !== 'passkey') return { ...item, attachments };
      using key = this.vault.openPrivateKey(id);
      const login = item.loginId === null ? null : titles.get(item.loginId);
      return { ...item, attachments, loginId: login, key: key.use(toHex) };
    }).sort((a, b) => (a.title < b.title ? -1 : 1));
  }

  titles(): readonly string[] {
    return Array.from(this.vault.overviews(), ({ title }) => title).sort();
  }

  byTitle(title: string): Item {
    for (const one of this.vault.overviews()) {
      if (one.title === title) return this.vault.get(one.id);
    }
    throw new Error(`fixture: no ${title}`);
  }

  export() {
    return this.service.export(FILE, toUtf8(PASSWORD));
  }

  async preview(path = FILE, password: string | null = PASSWORD) {
    await this.service.open(path, TOKEN);
    return this.service.preview(TOKEN, password === null ? null : toUtf8(password));
  }

  async import(path = FILE, password: string | null = PASSWORD) {
    const report = await this.preview(path, password);
    return { report, outcome: await this.service.commit(TOKEN) };
  }

  async reopen(): Promise<void> {
    this.vault.close();
    this.store = new MemoryVaultStore(this.store.file);
    this.vault = await reopenTestVault(this.store, this.tools);
    this.vault.dropStrayChunks();
  }
}

let from: Desk;
let to: Desk;

beforeEach(async () => {
  files.byPath.clear();
  files.onRead = () => undefined;
  from = await Desk.of('from');
  to = await Desk.of('to');
});

function fill(): void {
  for (const kind of ITEM_KINDS.filter((one) => one !== 'passkey')) {
    const item = fullItem(kind, from.vault.newItemId());
    from.save({ ...item, attachments: [], archivedAt: kind === 'card' ? 7 : null });
    from.attach(item.id, toUtf8(`file of a ${kind}`));
  }
  const login = from.newLogin({ title: 'Bank', trashedAt: null });
  from.newPasskey({ title: 'Passkey of the bank', loginId: login.id });
  from.newPasskey({ title: 'Passkey alone', loginId: null, trashedAt: 5 });
  for (const size of [0, 1, 65_536, 3 * MIB + 5]) {
    from.attach(login.id, patternBytes(size, String(size)));
  }
}

describe('an export and its import', () => {
  it('carry every kind whole: files, private keys, relations, archive and trash', async () => {
    fill();
    const exported = await from.export();
    expect(exported).toMatchObject({ items: 11, files: 12, leftOut: { items: 0, files: 0 } });
    expect(exported.kinds).toMatchObject({ login: 2, passkey: 2, card: 1, wifi: 1 });
    const { report, outcome } = await to.import();
    expect(report).toMatchObject({ rows: 11, taken: 11, files: 12, kinds: exported.kinds });
    expect(outcome).toEqual({ imported: 11, skipped: 0, files: 12, kinds: exported.kinds });
    expect(to.contents()).toEqual(from.contents());
    await to.reopen();
    expect(to.contents()).toEqual(from.contents());
    while (!to.vault.checkRows(64));
    expect(to.vault.integrity).toBe('intact');
  });

  it('bring nothing the second time, of any kind', async () => {
    fill();
    await from.export();
    await to.import();
    const before = to.contents();
    const { report, outcome } = await to.import();
    expect(report).toMatchObject({ rows: 11, taken: 0, files: 0 });
    expect(new Set(report.skipped.map(({ reason }) => reason))).toEqual(
      new Set(['already-in-vault']),
    );
    expect(outcome).toMatchObject({ imported: 0, skipped: 11, files: 0 });
    expect(to.contents()).toEqual(before);
  });

  it('give a passkey to the login that is there already', async () => {
    const login = from.newLogin({ title: 'Bank' });
    from.newPasskey({ title: 'Key', loginId: login.id });
    await from.export();
    const present = to.newLogin({ title: 'Bank', tags: ['mine'] });
    const { outcome } = await to.import();
    expect(outcome).toMatchObject({ imported: 1, skipped: 1 });
    expect(to.byTitle('Key')).toMatchObject({ loginId: present.id });
  });

  it('leave a passkey alone whose login could not be taken', async () => {
    const login = from.newLogin({ title: 'Bank', note: 'x'.repeat(70_000) });
    from.newPasskey({ title: 'Key', loginId: login.id });
    await from.export();
    const { report } = await to.import();
    expect(report.skipped).toEqual([{ row: 1, line: 0, reason: 'field-too-long' }]);
    expect(to.byTitle('Key')).toMatchObject({ loginId: null });
  });

  it('say how far they are, in bytes, and come to the end', async () => {
    from.attach(from.newLogin().id, patternBytes(9 * MIB));
    const { sizeBytes } = await from.export();
    expect(from.progress.at(-1)).toEqual([sizeBytes, sizeBytes]);
    await to.preview();
    expect(to.progress.length).toBeGreaterThan(1);
    to.progress.length = 0;
    await to.service.commit(TOKEN);
    expect(to.progress.at(-1)).toEqual([9 * MIB, 9 * MIB]);
    expect(to.progress.length).toBeLessThan(6);
  });

  it('are of no use without the password', async () => {
    from.newLogin();
    await from.export();
    await expect(to.preview(FILE, 'wrong')).rejects.toMatchObject({
      code: 'transfer/wrong-password',
    });
    await expect(to.service.commit(TOKEN)).rejects.toMatchObject({ code: 'transfer/preview-gone' });
    expect(to.vault.size).toBe(0);
  });
});

describe('an export', () => {
  it('leaves a damaged item out, names it, and has all others', async () => {
    const [a, b] = [from.newLogin({ title: 'a' }), from.newLogin({ title: 'b' })];
    from.newPasskey({ title: 'key', loginId: a.id });
    spoilBodies(from.store.file, a.id);
    const { items, leftOut } = await from.export();
    expect(items).toBe(2);
    expect(leftOut).toEqual({
      items: 1,
      files: 0,
      names: [{ title: 'a', kind: 'login', fileName: null, reason: 'damaged' }],
    });
    await to.import();
    expect(to.titles()).toEqual(['b', 'key']);
    expect(to.byTitle('key')).toMatchObject({ loginId: null });
    expect(b.title).toBe('b');
  });

  it('counts items of which not even the title can be read', async () => {
    const lost = from.newLogin({ title: 'lost' });
    from.newLogin({ title: 'found' });
    spoilBodies(from.store.file, lost.id);
    from.store.file.packs = [];
    await from.reopen();
    expect([...from.vault.damaged]).toEqual([lost.id]);
    const { items, leftOut } = await from.export();
    expect(items).toBe(1);
    expect(leftOut.names).toEqual([{ title: null, kind: null, fileName: null, reason: 'damaged' }]);
  });

  it('leaves a passkey out that is bound to its vault', async () => {
    from.newPasskey({ title: 'bound', backupEligible: false });
    from.newPasskey({ title: 'free' });
    const { leftOut } = await from.export();
    expect(leftOut.names).toMatchObject([{ title: 'bound', reason: 'bound' }]);
    await to.import();
    expect(to.titles()).toEqual(['free']);
  });

  it.each([
    ['whose head is gone', (desk: Desk) => void desk.store.file.attachments.shift()],
    ['whose first chunk is gone', (desk: Desk) => void desk.store.file.chunks.delete('1/0')],
    ['whose last chunk is gone', (desk: Desk) => void desk.store.file.chunks.delete('1/2')],
    ['with a bit flipped in its middle', (desk: Desk) => spoilChunk(desk, '1/1')],
  ])('leaves a file out %s, names it, and keeps its item', async (_, spoil) => {
    const login = from.newLogin({ title: 'a' });
    from.attach(login.id, patternBytes(180_000));
    from.attach(from.newLogin({ title: 'b' }).id, patternBytes(10));
    spoil(from);
    const { items, files: count, leftOut } = await from.export();
    expect([items, count]).toEqual([2, 1]);
    expect(leftOut).toEqual({
      items: 0,
      files: 1,
      names: [{ title: 'a', kind: 'login', fileName: 'canary-file.txt', reason: 'damaged' }],
    });
    await to.import();
    expect(to.byTitle('a').attachments).toEqual([]);
    expect(to.byTitle('b').attachments).toHaveLength(1);
  });

  it('is of the moment when it began: changes that come meanwhile are not in it', async () => {
    const login = from.newLogin({ title: 'before' });
    from.attach(login.id, patternBytes(5 * MIB));
    from.onProgress = () => {
      from.onProgress = () => undefined;
      const fresh = from.vault.get(login.id);
      from.changes.save([{ item: { ...fresh, title: 'after', attachments: [] } }]);
      from.newLogin({ title: 'later' });
    };
    await from.export();
    await to.import();
    expect(to.titles()).toEqual(['before']);
    expect(to.byTitle('before').attachments).toHaveLength(1);
    expect(from.titles()).toEqual(['after', 'later']);
  });

  it('begins anew where something is erased in the middle of it', async () => {
    const [a] = [from.newLogin({ title: 'a' }), from.newLogin({ title: 'b' })];
    from.attach(a.id, patternBytes(5 * MIB));
    let times = 0;
    from.onProgress = () => {
      times += 1;
      if (times === 1) from.changes.erase([a.id]);
    };
    const { items, leftOut } = await from.export();
    expect([items, leftOut.items]).toEqual([1, 0]);
    await to.import();
    expect(to.titles()).toEqual(['b']);
  });

  it('ends with the vault that is closed in the middle of it, and writes nothing', async () => {
    from.attach(from.newLogin().id, patternBytes(5 * MIB));
    from.onProgress = () => {
      from.vault.close();
    };
    await expect(from.export()).rejects.toMatchObject({ code: 'vault/locked' });
    expect(files.byPath.size).toBe(0);
  });

  it('erases the password', async () => {
    const password = toUtf8(PASSWORD);
    await from.service.export(FILE, password);
    expect(password.every((byte) => byte === 0)).toBe(true);
  });
});

describe('an import that fails', () => {
  /** Two plain items, and one with three files of 2 MiB. */
  async function exportWithFiles(): Promise<void> {
    from.newLogin({ title: 'plain' });
    from.newPasskey({ title: 'key' });
    const { id } = from.newLogin({ title: 'heavy', tags: ['own'] });
    for (const label of ['a', 'b', 'c']) from.attach(id, patternBytes(2 * MIB, label));
    await from.export();
    to.newLogin({ title: 'present', note: 'stays' });
  }

  function expectUntouched(): void {
    expect(to.titles()).toEqual(['present']);
    expect(to.store.file.chunks.size).toBe(0);
    expect(to.store.file.attachments).toEqual([]);
    expect(to.store.file.bodies).toHaveLength(1);
    while (!to.vault.checkRows(64));
    expect(to.vault.integrity).toBe('intact');
  }

  it('says so where what it brought cannot be taken back', async () => {
    await exportWithFiles();
    await to.preview();
    files.onRead = (offset) => {
      if (offset > 3 * MIB) throw new TransferError('transfer/read-failed', 'test');
    };
    to.vault.erase = () => {
      throw new VaultError('vault/write-failed', 'disk full');
    };
    await expect(to.service.commit(TOKEN)).rejects.toMatchObject({
      code: 'transfer/partly-imported',
      details: { items: 3 },
    });
    expect(to.byTitle('heavy').tags).toContain(UNFINISHED_TAG);
    expect(to.byTitle('heavy').attachments).toEqual([]);
  });

  it('and one that does not: all files of an item come with one revision of it', async () => {
    await exportWithFiles();
    await to.import();
    expect(to.vault.history(to.byTitle('heavy').id)).toHaveLength(2);
    expect(to.byTitle('heavy').attachments).toHaveLength(3);
  });

  it('leaves nothing where a file cannot be read any more', async () => {
    await exportWithFiles();
    await to.preview();
    files.onRead = (offset) => {
      if (offset > 3 * MIB) throw new TransferError('transfer/read-failed', 'test');
    };
    await expect(to.service.commit(TOKEN)).rejects.toMatchObject({ code: 'transfer/read-failed' });
    expectUntouched();
  });

  it.each([
    ['is damaged', (bytes: Uint8Array) => bytes.with(bytes.length - MIB, 0)],
    ['is cut', (bytes: Uint8Array) => bytes.slice(0, 4 * MIB)],
    ['is another one', (bytes: Uint8Array) => new Uint8Array(bytes.length)],
  ])('leaves nothing where the file %s since it was previewed', async (_, change) => {
    await exportWithFiles();
    await to.preview();
    files.byPath.set(FILE, change(files.byPath.get(FILE) ?? new Uint8Array()));
    await expect(to.service.commit(TOKEN)).rejects.toMatchObject({
      code: expect.stringMatching(/^transfer\/(damaged|truncated)$/) as string,
    });
    expectUntouched();
  });

  it('leaves nothing where the disk is full, and can be tried again', async () => {
    await exportWithFiles();
    await to.preview();
    const writeChunks = to.store.writeChunks.bind(to.store);
    let writes = 0;
    to.store.writeChunks = (...input) => {
      writes += 1;
      if (writes === 4) throw new VaultError('vault/write-failed', 'no space');
      writeChunks(...input);
    };
    await expect(to.service.commit(TOKEN)).rejects.toMatchObject({ code: 'vault/write-failed' });
    expectUntouched();
    await expect(to.service.commit(TOKEN)).resolves.toMatchObject({ imported: 3, files: 3 });
    expect(to.byTitle('heavy')).toMatchObject({ tags: ['own'] });
  });

  it('leaves nothing where the items themselves cannot be stored', async () => {
    await exportWithFiles();
    await to.preview();
    to.store.commit = () => {
      throw new VaultError('vault/write-failed', 'no space');
    };
    await expect(to.service.commit(TOKEN)).rejects.toMatchObject({ code: 'vault/write-failed' });
    expect(to.titles()).toEqual(['present']);
  });

  it('says by a tag which items lack files where it was ended in the middle, and brings them whole again', async () => {
    await exportWithFiles();
    await to.preview();
    files.onRead = (offset) => {
      if (offset > 4 * MIB) to.vault.close();
    };
    await expect(to.service.commit(TOKEN)).rejects.toMatchObject({ code: 'vault/locked' });
    files.onRead = () => undefined;
    await to.reopen();
    expect(to.titles()).toEqual(['heavy', 'key', 'plain', 'present']);
    expect(to.byTitle('heavy')).toMatchObject({ tags: ['own', UNFINISHED_TAG] });
    expect(to.byTitle('plain').tags).not.toContain(UNFINISHED_TAG);
    const whole = to.byTitle('heavy').attachments;
    for (const { id } of whole) expect(readAttached(to.vault, to.byTitle('heavy').id, id));
    expect(whole.length).toBeLessThan(3);
    const { outcome } = await to.import();
    expect(outcome).toMatchObject({ imported: 1, skipped: 2, files: 3 });
    while (!to.vault.checkRows(64));
    expect(to.vault.integrity).toBe('intact');
  });

  it('does not take a preview of one vault into another', async () => {
    await exportWithFiles();
    await to.preview();
    const other = await Desk.of('other');
    to.vault = other.vault;
    await expect(to.service.commit(TOKEN)).rejects.toMatchObject({ code: 'transfer/preview-gone' });
    expect(other.vault.size).toBe(0);
  });

  it('stops where another vault is opened in the middle, and writes nothing into it', async () => {
    await exportWithFiles();
    await to.preview();
    const other = await Desk.of('other');
    files.onRead = () => {
      to.vault = other.vault;
    };
    await expect(to.service.commit(TOKEN)).rejects.toMatchObject({ code: 'vault/locked' });
    expect(other.vault.size).toBe(0);
  });

  it('cannot be committed twice, nor after it was discarded', async () => {
    await exportWithFiles();
    await to.preview();
    const both = await Promise.allSettled([to.service.commit(TOKEN), to.service.commit(TOKEN)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await to.preview();
    to.service.discard(TOKEN);
    await expect(to.service.commit(TOKEN)).rejects.toMatchObject({ code: 'transfer/preview-gone' });
  });
});

describe('an import', () => {
  it('keeps what a person changes meanwhile', async () => {
    const { id } = from.newLogin({ title: 'heavy', tags: ['own'] });
    for (const label of ['a', 'b']) from.attach(id, patternBytes(5 * MIB, label));
    await from.export();
    await to.preview();
    to.onProgress = () => {
      to.onProgress = () => undefined;
      const item = to.byTitle('heavy');
      to.changes.save([{ item: { ...item, title: 'mine', tags: [...item.tags, 'mine'] } }]);
    };
    await to.service.commit(TOKEN);
    const item = to.byTitle('mine');
    expect(item.tags).toEqual(['own', 'mine']);
    expect(item.attachments).toHaveLength(2);
  });

  it('goes on where a person erases one of its items meanwhile, and counts what stays', async () => {
    for (const title of ['one', 'two', 'three']) {
      from.attach(from.newLogin({ title }).id, patternBytes(5 * MIB, title));
    }
    from.newLogin({ title: 'plain' });
    await from.export();
    await to.preview();
    to.onProgress = () => {
      to.onProgress = () => undefined;
      // The one whose file is being written, and one without a file.
      to.changes.erase([to.byTitle('one').id, to.byTitle('plain').id]);
    };
    const outcome = await to.service.commit(TOKEN);
    expect(outcome).toMatchObject({ imported: 2, files: 2, kinds: { login: 2 } });
    expect(to.titles()).toEqual(['three', 'two']);
    for (const title of to.titles()) {
      const { id, attachments, tags } = to.byTitle(title);
      expect(tags).not.toContain(UNFINISHED_TAG);
      expect(readAttached(to.vault, id, attachments[0]?.id ?? '')).toEqual(
        patternBytes(5 * MIB, title),
      );
    }
    expect(to.progress.at(-1)?.[0]).toBe(15 * MIB);
    while (!to.vault.checkRows(64));
    expect(to.vault.integrity).toBe('intact');
  });

  it('goes on where all its items are erased meanwhile', async () => {
    from.attach(from.newLogin({ title: 'one' }).id, patternBytes(5 * MIB));
    await from.export();
    await to.preview();
    to.onProgress = () => {
      if (to.titles().length > 0) to.changes.erase([to.byTitle('one').id]);
    };
    expect(await to.service.commit(TOKEN)).toMatchObject({ imported: 0, files: 0 });
    expect(to.titles()).toEqual([]);
    expect(to.store.file.chunks.size).toBe(0);
  });

  it('takes an item of as many tags as one may have, and has no more of them on the way', async () => {
    const tags = Array.from({ length: LIST_LIMITS.tags }, (_, index) => `tag ${index}`);
    from.attach(from.newLogin({ title: 'full', tags }).id, patternBytes(5 * MIB));
    await from.export();
    await to.preview();
    let onTheWay: readonly string[] = [];
    to.onProgress = () => {
      onTheWay = to.byTitle('full').tags;
    };
    await to.service.commit(TOKEN);
    expect(onTheWay).toEqual(tags.with(63, `${UNFINISHED_TAG}/tag 63`));
    expect(to.byTitle('full').tags).toEqual(tags);
  });

  it('keeps a tag of that name that the item came with', async () => {
    const { id } = from.newLogin({ title: 'heavy', tags: [UNFINISHED_TAG] });
    from.attach(id, patternBytes(5));
    await from.export();
    await to.import();
    expect(to.byTitle('heavy').tags).toEqual([UNFINISHED_TAG]);
  });

  it('is given up by another choice while it is being read', async () => {
    from.attach(from.newLogin().id, patternBytes(9 * MIB));
    await from.export();
    files.byPath.set('other.csv', toUtf8('name,url,username,password\na,,u,p\n'));
    await to.service.open(FILE, TOKEN);
    const reading = to.service.preview(TOKEN, toUtf8(PASSWORD));
    await to.service.open('other.csv', 'cd'.repeat(16));
    await expect(reading).rejects.toMatchObject({ code: 'transfer/preview-gone' });
    await expect(to.service.preview('cd'.repeat(16), null)).resolves.toMatchObject({ taken: 1 });
  });

  it('knows a login of a browser again after it was given a code, and not one of another password', async () => {
    files.byPath.set(
      'chrome.csv',
      toUtf8('name,url,username,password\na,https://a.example/,u,p\n'),
    );
    await to.import('chrome.csv', null);
    const item = to.byTitle('a');
    const { oneTimeCode } = fullItem('login', item.id);
    to.changes.save([{ item: { ...item, oneTimeCode } }]);
    expect((await to.preview('chrome.csv', null)).taken).toBe(0);
    files.byPath.set(
      'chrome.csv',
      toUtf8('name,url,username,password\na,https://a.example/,u,q\n'),
    );
    expect((await to.preview('chrome.csv', null)).taken).toBe(1);
  });

  it.each([
    ['nothing', new Uint8Array(), 'transfer/not-recognised'],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47), 'transfer/not-recognised'],
    ['a vault', toUtf8('SQLite format 3\0'), 'transfer/not-recognised'],
  ])('says of %s that it is nothing it knows', async (_, bytes, code) => {
    files.byPath.set('x', bytes);
    await expect(to.service.open('x', TOKEN)).rejects.toMatchObject({ code });
    await expect(to.service.preview(TOKEN, null)).rejects.toMatchObject({
      code: 'transfer/preview-gone',
    });
  });
});

function spoilChunk(desk: Desk, name: string): void {
  const chunk = desk.store.file.chunks.get(name);
  if (chunk === undefined) throw new Error(`fixture: no chunk ${name}`);
  desk.store.file.chunks.set(name, flipped(chunk, 100));
}
