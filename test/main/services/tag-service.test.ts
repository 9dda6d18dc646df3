// Tags of the whole vault, through the composed vault process over a real file: renamed and removed with what lies below
// them, wherever the items are, in one change that can be taken back.
// SPDX-License-Identifier: MIT

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ItemId } from '../../../src/shared/brand.ts';
import { FIELD_LIMITS } from '../../../src/shared/model/field-limits.ts';
import { code } from '../../support/error-code.ts';
import { HandClock } from '../../support/hand-clock.ts';
import { draftOf } from '../../support/item-drafts.ts';
import { VaultWorld } from '../../support/vault-world.ts';

let world: VaultWorld;

beforeEach(async () => {
  world = await VaultWorld.withVault(new HandClock());
});
afterEach(() => {
  world.end();
});

const add = async (...tags: readonly string[]): Promise<ItemId> =>
  (await world.call('items:save', draftOf('login', { title: 'One', tags: [...tags] }))).id;
const tagsOf = async (id: ItemId) => (await world.call('items:get', { id })).tags;

describe('renaming a tag', () => {
  it('renames it and what lies below it, and nothing else that begins the same', async () => {
    const ids = [
      await add('work', 'bank'),
      await add('work/mail/in'),
      await add('workshop', 'Work'),
    ];
    const { changed } = await world.call('tags:rename', { tag: 'work', name: ' office / home ' });
    expect(changed).toBe(2);
    expect(await Promise.all(ids.map(tagsOf))).toEqual([
      ['office/home', 'bank'],
      ['office/home/mail/in'],
      ['workshop', 'Work'],
    ]);
  });

  it('makes one tag of two that are then the same, also by capitals alone', async () => {
    const id = await add('work', 'Work', 'work/a', 'Work/a');
    await world.call('tags:rename', { tag: 'work', name: 'Work' });
    expect(await tagsOf(id)).toEqual(['Work', 'Work/a']);
  });

  it('reaches the archive and the trash, and is taken back at a stroke', async () => {
    const [archived, trashed] = [await add('work'), await add('work/mail')];
    await world.call('items:set-archived', { ids: [archived], archived: true });
    await world.call('items:trash', { ids: [trashed] });
    const receipt = await world.call('tags:rename', { tag: 'work', name: 'office' });
    expect([await tagsOf(archived), await tagsOf(trashed)]).toEqual([['office'], ['office/mail']]);
    const { restored } = await world.call('items:undo', { change: receipt.change });
    expect(restored).toBe(2);
    expect([await tagsOf(archived), await tagsOf(trashed)]).toEqual([['work'], ['work/mail']]);
  });

  it.each(['work/new', ' / ', 'x'.repeat(FIELD_LIMITS.tag - 2)])('refuses %j', async (name) => {
    const id = await add('work', 'work/mail');
    await expect(world.call('tags:rename', { tag: 'work', name })).rejects.toEqual(
      code('ipc/invalid-input'),
    );
    expect(await tagsOf(id)).toEqual(['work', 'work/mail']);
  });
});

describe('saved searches', () => {
  const save = async (...texts: readonly string[]): Promise<void> => {
    for (const text of texts) await world.call('searches:save', { id: null, name: text, text });
  };
  const texts = async () => (await world.call('searches:list', {})).map(({ text }) => text);

  it('follow a tag that is renamed, and come back when that is undone, and go again', async () => {
    await add('work/mail', 'x');
    await save('tag:work', 'title:work', '-tag:"Work/mail" is:code');
    const before = world.announced['searches:changed'].length;
    const renamed = await world.call('tags:rename', { tag: 'work', name: 'My office' });
    const after = ['tag:"My office"', 'title:work', '-tag:"My office/mail" is:code'];
    expect(await texts()).toEqual(after);
    expect(world.announced['searches:changed']).toHaveLength(before + 1);
    const undone = await world.call('items:undo', { change: renamed.change });
    expect(await texts()).toEqual(['tag:work', 'title:work', '-tag:"Work/mail" is:code']);
    await world.call('items:undo', { change: undone.change });
    expect(await texts()).toEqual(after);
  });

  it('find what they found before', async () => {
    const id = await add('work/mail');
    await save('tag:work/mail');
    const find = async () => {
      const [text = ''] = await texts();
      const query = { section: { in: 'all' }, text, sort: 'title', offset: 0, limit: 9 } as const;
      return (await world.call('items:list', query)).items.map((item) => item.id);
    };
    expect(await find()).toEqual([id]);
    await world.call('tags:rename', { tag: 'work', name: 'a b' });
    expect(await texts()).toEqual(['tag:"a b/mail"']);
    expect(await find()).toEqual([id]);
  });

  it('keep what was changed in them since when a renaming is undone', async () => {
    await add('work');
    await save('tag:work');
    const { change } = await world.call('tags:rename', { tag: 'work', name: 'office' });
    const [search] = await world.call('searches:list', {});
    await world.call('searches:save', { id: search?.id ?? '', name: 'mine', text: 'tag:office a' });
    await world.call('items:undo', { change });
    expect(await texts()).toEqual(['tag:office a']);
  });

  it('stay as they are where a tag is removed, or one is renamed that no item has', async () => {
    await add('work');
    await save('tag:work', 'tag:nowhere');
    await world.call('tags:remove', { tag: 'work' });
    await world.call('tags:rename', { tag: 'nowhere', name: 'somewhere' });
    expect(await texts()).toEqual(['tag:work', 'tag:nowhere']);
  });
});

describe('acts on one tag at once', () => {
  it('come one after the other', async () => {
    for (let n = 0; n < 3; n += 1) await add('a');
    const both = [
      world.call('tags:rename', { tag: 'a', name: 'b' }),
      world.call('tags:rename', { tag: 'b', name: 'c' }),
    ];
    expect((await Promise.all(both)).map(({ changed }) => changed)).toEqual([3, 3]);
    expect((await world.call('items:count', {})).tags).toEqual([{ tag: 'c', count: 3 }]);
  });
});

describe('removing a tag', () => {
  it('takes it off with what lies below it', async () => {
    const ids = [await add('work', 'bank', 'work/mail'), await add('workshop')];
    expect((await world.call('tags:remove', { tag: 'work' })).changed).toBe(1);
    expect(await Promise.all(ids.map(tagsOf))).toEqual([['bank'], ['workshop']]);
  });

  it('of no item is a change of nothing, which takes no other change back', async () => {
    const id = await add('work');
    const receipt = await world.call('tags:remove', { tag: 'nowhere' });
    expect(receipt).toEqual({ change: 0, changed: 0, passedOver: [] });
    const { restored } = await world.call('items:undo', { change: receipt.change });
    expect(restored).toBe(0);
    expect((await world.call('items:get', { id })).trashedAt).toBeNull();
  });
});
