// What happens to items over time, through the composed vault process over a real file: history, undo, trash, files,
// backups.
// SPDX-License-Identifier: MIT

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ItemId } from '../../../src/shared/brand.ts';
import { toUtf8 } from '../../../src/shared/bytes.ts';
import type { ItemDraft, ItemKind, ItemSection } from '../../../src/shared/model/item.ts';
import { CheckedWorld, DAY_MS } from '../../support/checked-world.ts';
import { code } from '../../support/error-code.ts';
import { draftOf } from '../../support/item-drafts.ts';
import { PASSWORD, NEXT_PASSWORD, password } from '../../support/presented-secrets.ts';

let world: CheckedWorld;

beforeEach(async () => {
  world = new CheckedWorld();
  await world.make();
});
afterEach(() => {
  world.end();
});

const save = (kind: ItemKind, change: Partial<ItemDraft> = {}) =>
  world.call('items:save', draftOf(kind, change));
const list = async (section: ItemSection = { in: 'all' }, text = '') =>
  world.call('items:list', { section, text, sort: 'title', offset: 0, limit: 100 });
const titles = async (section?: ItemSection, text?: string) =>
  (await list(section, text)).items.map(({ title }) => title);
const get = (id: ItemId) => world.call('items:get', { id });
const reveal = async (id: ItemId, field: string, revision: string | null = null) =>
  (await world.call('items:reveal-field', { id, field, revision })).value;

describe('history', () => {
  it('keeps every revision, says what changed and gives former secrets back', async () => {
    const { id } = await save('login', { title: 'One', fields: { password: 'first' } });
    world.clock.turn(1_000);
    await save('login', { id, title: 'Two', fields: { password: 'second' } });
    const history = await world.call('items:history', { id });
    expect(history.map(({ isCurrent, changed }) => [isCurrent, changed])).toEqual([
      [true, ['Title', 'Password']],
      [false, []],
    ]);
    const former = history[1]?.ref ?? '';
    expect(await reveal(id, 'password', former)).toBe('first');
    expect((await get(id)).formerPasswords).toHaveLength(1);
    expect(await reveal(id, 'former:0')).toBe('first');
    const { differences } = await world.call('items:revision', { id, ref: former });
    expect(differences).toContainEqual({
      ...{ label: 'Title', field: null, isHidden: false, hasThen: true, hasNow: true },
      then: 'One',
      now: 'Two',
    });
    expect(differences).toContainEqual({
      ...{ label: 'Password', field: 'password', hasThen: true, hasNow: true },
      isHidden: true,
      then: '',
      now: '',
    });
  });

  it('restores a revision as a new one, over a reopening', async () => {
    const { id } = await save('login', { title: 'One', fields: { password: 'first' } });
    await save('login', { id, title: 'Two', fields: { password: 'second' } });
    const [, first] = await world.call('items:history', { id });
    await world.call('items:restore-revision', { id, ref: first?.ref ?? '' });
    await world.reopen();
    expect((await get(id)).title).toBe('One');
    expect(await reveal(id, 'password')).toBe('first');
    expect(await world.call('items:history', { id })).toHaveLength(3);
  });

  it('refuses a revision that the item never had', async () => {
    const { id } = await save('note');
    const ref = `99-${'0'.repeat(32)}`;
    await expect(world.call('items:revision', { id, ref })).rejects.toThrow();
    await expect(world.call('items:restore-revision', { id, ref })).rejects.toThrow();
    expect(await world.call('items:history', { id })).toHaveLength(1);
  });
});

describe('undo', () => {
  it('takes a bulk change back as one', async () => {
    const ids = [(await save('note', { title: 'A' })).id, (await save('note', { title: 'B' })).id];
    const { change } = await world.call('items:tag', { ids, add: ['work/mail'], remove: [] });
    expect(await titles({ in: 'tag', tag: 'work' })).toEqual(['A', 'B']);
    await world.call('items:undo', { change });
    expect(await titles({ in: 'tag', tag: 'work' })).toEqual([]);
  });

  it('leaves alone what was changed again meanwhile', async () => {
    const { id, change } = await save('note', { title: 'First' });
    await save('note', { id, title: 'Second' });
    await world.call('items:undo', { change });
    expect(await titles()).toEqual(['Second']);
  });

  it('moves what was made to the trash, and can itself be taken back', async () => {
    const { change } = await save('note', { title: 'New' });
    const undone = await world.call('items:undo', { change });
    expect(await titles({ in: 'trash' })).toEqual(['New']);
    await world.call('items:undo', undone);
    expect(await titles()).toEqual(['New']);
  });

  it('does nothing for a change that nobody made', async () => {
    await save('note', { title: 'Kept' });
    await world.call('items:undo', { change: 999 });
    expect(await titles()).toEqual(['Kept']);
  });
});

describe('trash and archive', () => {
  it('empties by itself after 30 days and says so', async () => {
    const { id } = await save('note', { title: 'Old' });
    await save('note', { title: 'Kept' });
    await world.call('items:trash', { ids: [id] });
    world.clock.turn(29 * DAY_MS);
    await world.reopen();
    expect(await titles({ in: 'trash' })).toEqual(['Old']);
    world.clock.turn(2 * DAY_MS);
    await world.reopen();
    expect(await titles({ in: 'trash' })).toEqual([]);
    expect(await world.call('vault:notice', {})).toMatchObject({
      isCostRaised: false,
      trashEmptied: 1,
    });
    expect(await titles()).toEqual(['Kept']);
  });

  it('erases for good after the password, and only what lies in the trash', async () => {
    const gone = (await save('note', { title: 'Gone' })).id;
    const kept = (await save('note', { title: 'Kept' })).id;
    await world.call('items:trash', { ids: [gone] });
    const erase = (password: string) =>
      world.call('items:erase', {
        ids: [gone, kept],
        present: { type: 'password', password: toUtf8(password) },
      });
    await expect(erase('wrong password')).rejects.toThrow(code('vault/wrong-password'));
    await erase(PASSWORD);
    expect(await titles({ in: 'trash' })).toEqual([]);
    expect(await titles()).toEqual(['Kept']);
    await expect(get(gone)).rejects.toThrow(code('vault/item-not-found'));
    await world.reopen();
    expect(world.announced['integrity:checked'].at(-1)).toEqual({ integrity: 'intact' });
  });

  it('archives out of sight and brings back', async () => {
    const { id } = await save('licence', { title: 'Old editor' });
    await world.call('items:set-archived', { ids: [id], archived: true });
    expect([await titles(), await titles({ in: 'archive' })]).toEqual([[], ['Old editor']]);
    await world.call('items:set-archived', { ids: [id], archived: false });
    expect(await titles()).toEqual(['Old editor']);
  });
});

describe('attachments', () => {
  const file = (name: string, content: Uint8Array | string): string => {
    const path = join(world.folder, name);
    writeFileSync(path, content);
    return path;
  };
  const bytes = (length: number): Uint8Array =>
    Uint8Array.from({ length }, (_, i) => (i * 31) % 251);

  it.each([0, 1, 65_536, 65_537, 200_000])(
    'gives a file of %i bytes back whole',
    async (length) => {
      const { id } = await save('note');
      const path = file('in.bin', bytes(length));
      const { attachment } = await world.call('attachments:add-file', { id, path });
      await world.reopen();
      const target = join(world.folder, 'out.bin');
      const wanted = { id, attachment: attachment.id, path: target };
      await world.call('attachments:write-file', wanted);
      expect(Uint8Array.from(readFileSync(target))).toEqual(bytes(length));
      expect((await get(id)).attachments).toMatchObject([{ name: 'in.bin', sizeBytes: length }]);
    },
  );

  it('shows text, and says why it does not show the rest', async () => {
    const { id } = await save('note');
    const add = (name: string, content: Uint8Array | string) =>
      world.call('attachments:add-file', { id, path: file(name, content) });
    const text = await add('a.txt', 'Grüße\n');
    const blob = await add('b.bin', new Uint8Array([0, 1, 2]));
    const look = (attachment: string) => world.call('attachments:preview', { id, attachment });
    expect(await look(text.attachment.id)).toEqual({ is: 'text', text: 'Grüße\n', isCut: false });
    expect(await look(blob.attachment.id)).toEqual({ is: 'none', reason: 'type' });
  });

  it('comes back by undo after it was removed, and is dropped after 30 days', async () => {
    const { id } = await save('note');
    const path = file('a.txt', 'content');
    const { attachment } = await world.call('attachments:add-file', { id, path });
    const removed = await world.call('attachments:remove', { id, attachment: attachment.id });
    await world.call('items:undo', removed);
    const again = { id, attachment: attachment.id };
    expect(await world.call('attachments:preview', again)).toMatchObject({ text: 'content' });
    await world.call('attachments:remove', again);
    world.clock.turn(31 * DAY_MS);
    await world.reopen();
    await expect(world.call('attachments:preview', again)).rejects.toThrow(
      code('vault/attachment-not-found'),
    );
  });

  it('refuses the open vault as a file, and one that is not there', async () => {
    const { id } = await save('note');
    const add = (path: string) => world.call('attachments:add-file', { id, path });
    await expect(add(world.path)).rejects.toThrow(code('transfer/target-is-a-vault'));
    await expect(add(join(world.folder, 'none'))).rejects.toThrow(code('transfer/read-failed'));
    expect((await get(id)).attachments).toEqual([]);
  });
});

describe('backups', () => {
  it('are made once a day when something changed, and ten are kept', async () => {
    for (let day = 0; day < 12; day += 1) {
      await save('note', { title: `Day ${day}` });
      world.clock.turn(DAY_MS);
      await world.reopen();
      await world.settled();
    }
    expect(await world.call('backups:list', {})).toHaveLength(10);
    const newest = await world.call('backups:list', {});
    world.clock.turn(DAY_MS);
    await world.reopen();
    await world.settled();
    expect(await world.call('backups:list', {})).toEqual(newest);
  });

  it('show what differs and bring it back with its files', async () => {
    const kept = (await save('login', { title: 'Kept', fields: { password: 'first' } })).id;
    const lost = (await save('note', { title: 'Lost', note: 'words' })).id;
    const path = join(world.folder, 'a.txt');
    writeFileSync(path, 'content');
    await world.call('attachments:add-file', { id: lost, path });
    const { key } = await world.call('backups:make', {});
    await save('login', { id: kept, title: 'Kept', fields: { password: 'second' } });
    await world.call('items:trash', { ids: [lost] });
    await world.call('items:erase', {
      ids: [lost],
      present: password(),
    });
    await save('note', { title: 'New' });
    const compared = await world.call('backups:compare', { key });
    expect(compared.onlyThere.map(({ title }) => title)).toEqual(['Lost']);
    expect(compared.onlyHere.map(({ title }) => title)).toEqual(['New']);
    expect(compared.different.map(({ title, changed }) => [title, changed])).toEqual([
      ['Kept', ['Password']],
    ]);
    await world.call('backups:restore', { key, ids: [kept, lost] });
    expect(await reveal(kept, 'password')).toBe('first');
    const back = await get(lost);
    expect(back).toMatchObject({ title: 'Lost', note: 'words' });
    const attachment = back.attachments[0]?.id ?? '';
    expect(await world.call('attachments:preview', { id: lost, attachment })).toMatchObject({
      text: 'content',
    });
    expect(await titles()).toEqual(['Kept', 'Lost', 'New']);
  });

  it('do not open by a password that was given up', async () => {
    await world.call('backups:make', {});
    const next = toUtf8(NEXT_PASSWORD);
    await world.call('keys:change-password', { present: password(), password: next });
    const [info] = await world.call('backups:list', {});
    expect(info).toBeDefined();
    const path = join(world.folder, 'Test.backups', world.backupNames()[0] ?? '');
    await world.close();
    await expect(world.unlock(PASSWORD, path)).rejects.toThrow(code('vault/wrong-password'));
    await world.unlock(NEXT_PASSWORD, path);
  });

  it('refuse a key that names none', async () => {
    const key = 'ff'.repeat(16);
    await expect(world.call('backups:compare', { key })).rejects.toThrow(code('vault/not-found'));
  });
});

describe('duplicates', () => {
  it('tells the same from the same account with another password', async () => {
    const urls = [{ url: 'https://www.example.org/a', match: 'domain' }] as const;
    const login = (title: string, username: string, password: string) =>
      save('login', { title, urls, fields: { username, password } });
    await login('One', 'me', 'p');
    await login('Two', 'me', 'p');
    await login('Three', 'me', 'q');
    await login('Other', 'you', 'p');
    const groups = await world.call('items:duplicates', {});
    expect(groups.map(({ reason, items }) => [reason, items.length])).toEqual([
      ['same', 2],
      ['same-account', 2],
    ]);
  });
});
