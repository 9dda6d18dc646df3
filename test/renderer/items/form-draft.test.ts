// @vitest-environment jsdom
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import {
  draftOf,
  newDraft,
  withItemDraft,
  type FormDraft,
} from '../../../src/renderer/items/form/form-draft.ts';
import { layoutOf } from '../../../src/renderer/items/form/kind-layout.ts';
import {
  addField,
  addSection,
  canMove,
  changeField,
  moveField,
  removeField,
  removeSection,
  renameSection,
  type Sections,
} from '../../../src/renderer/items/form/section-changes.ts';
import { parseTags } from '../../../src/renderer/items/form/tags-field.tsx';
import { fieldsOf, ITEM_KINDS } from '../../../src/shared/model/item-kinds.ts';
import type { ItemDraft } from '../../../src/shared/model/item.ts';
import { itemDraft } from '../../../src/shared/ipc/rows/item-shapes.ts';
import { emptyItem, idOf, toDetail, type StoredItem } from '../support/stored-items.ts';

const sent = (form: FormDraft): Promise<ItemDraft> =>
  withItemDraft(form, (draft) => Promise.resolve(draft));

const stored = (part: Partial<StoredItem>): StoredItem => ({
  ...emptyItem(idOf(1), 'login', 'GitHub'),
  ...part,
});

describe('newDraft', () => {
  it.each(ITEM_KINDS)(
    'makes a form of a %s that the table of requests lets through',
    async (kind) => {
      expect(itemDraft.safeParse(await sent(newDraft(kind))).error).toBeUndefined();
    },
  );

  it('begins with the first choice, and with a key that is made', () => {
    expect(newDraft('wifi').fields.security).toBe('wpa');
    expect(newDraft('ssh-key')).toMatchObject({ fields: {}, sshKey: { action: 'generate' } });
  });
});

describe('draftOf', () => {
  it('leaves alone what is hidden and stored, and nothing else', () => {
    const field = {
      id: 'a'.repeat(16),
      label: 'Code',
      type: 'hidden',
      value: 'x',
      hasValue: true,
    } as const;
    const empty = { ...field, id: 'b'.repeat(16), value: '', hasValue: false };
    const item = stored({
      fields: { username: 'anna', password: 'secret' },
      sections: [{ id: 'c'.repeat(16), title: 'More', fields: [field, empty] }],
    });
    const draft = draftOf(toDetail(item, [item]));
    expect(draft.fields).toEqual({ username: 'anna', password: null });
    expect(draft.sections[0]?.fields.map(({ value }) => value)).toEqual([null, '']);
  });

  it.each(ITEM_KINDS)('saves a %s that was not touched as it was', async (kind) => {
    const item = emptyItem(idOf(1), kind, 'A');
    const draft = await sent(draftOf(toDetail(item, [item])));
    expect(itemDraft.safeParse(draft).error).toBeUndefined();
    expect(draft).toMatchObject({
      ...{ id: item.id, kind, title: 'A', sshKey: { action: 'keep' } },
      oneTimeCode: { action: 'keep' },
    });
  });
});

describe('withItemDraft', () => {
  it('leaves out websites, fields and sections that were begun and left', async () => {
    const sections = addField(addSection(addSection([], 'one'), 'two'), 'two', 'field');
    const named = changeField(addField(sections, 'two', 'kept'), 'kept', {
      label: ' PIN ',
      value: '1',
    });
    const draft = await sent({
      ...newDraft('login'),
      urls: [
        { key: '1', url: '  ', match: 'domain' },
        { key: '2', url: ' https://a.example ', match: 'host' },
      ],
      sections: named,
    });
    expect(draft.urls).toEqual([{ url: 'https://a.example', match: 'host' }]);
    expect(draft.sections).toEqual([
      { id: null, title: '', fields: [{ id: null, label: 'PIN', type: 'text', value: '1' }] },
    ]);
  });

  it('keeps a stored hidden field without a label', async () => {
    const field = { key: 'f', id: 'a'.repeat(16), label: '', type: 'hidden', value: null } as const;
    const sections = [{ key: 's', id: null, title: '', fields: [field] }];
    const draft = await sent({ ...newDraft('note'), sections });
    expect(draft.sections[0]?.fields).toHaveLength(1);
  });

  it('zeroes key and passphrase once they are sent, and also when that fails', async () => {
    const form: FormDraft = {
      ...newDraft('ssh-key'),
      sshKey: { action: 'import', text: 'KEY', passphrase: 'pass' },
    };
    const seen: Uint8Array[] = [];
    const send = (draft: ItemDraft): Promise<never> => {
      if (draft.sshKey.action !== 'import' || !draft.sshKey.passphrase) throw new Error('no key');
      expect([...draft.sshKey.key]).toEqual([75, 69, 89]);
      seen.push(draft.sshKey.key, draft.sshKey.passphrase);
      return Promise.reject(new Error('refused'));
    };
    await expect(withItemDraft(form, send)).rejects.toThrow('refused');
    expect(seen.map((bytes) => bytes.every((byte) => byte === 0))).toEqual([true, true]);
  });

  it('sends no passphrase where none is typed', async () => {
    const sshKey = { action: 'import', text: 'KEY', passphrase: '' } as const;
    expect(await sent({ ...newDraft('ssh-key'), sshKey })).toMatchObject({
      sshKey: { passphrase: null },
    });
  });
});

describe('section changes', () => {
  const start: Sections = ['a', 'b'].reduce<Sections>(
    (sections, section) =>
      ['1', '2'].reduce(
        (before, field) => addField(before, section, section + field),
        addSection(sections, section),
      ),
    [],
  );
  const keys = (sections: Sections) => sections.map(({ fields }) => fields.map(({ key }) => key));

  it('move a field within its section', () => {
    expect(keys(moveField(start, 'a1', 1))).toEqual([
      ['a2', 'a1'],
      ['b1', 'b2'],
    ]);
    expect(keys(moveField(start, 'b2', -1))).toEqual([
      ['a1', 'a2'],
      ['b2', 'b1'],
    ]);
  });

  it('move a field from the edge of its section into the next one', () => {
    expect(keys(moveField(start, 'a2', 1))).toEqual([['a1'], ['a2', 'b1', 'b2']]);
    expect(keys(moveField(start, 'b1', -1))).toEqual([['a1', 'a2', 'b1'], ['b2']]);
  });

  it('have nowhere to go beyond the first and the last', () => {
    expect([canMove(start, 'a1', -1), canMove(start, 'b2', 1)]).toEqual([false, false]);
    expect([canMove(start, 'a1', 1), canMove(start, 'b2', -1)]).toEqual([true, true]);
    expect(moveField(start, 'nobody', 1)).toBe(start);
  });

  it('change, rename and remove what is meant and nothing else', () => {
    expect(keys(removeField(start, 'a1'))).toEqual([['a2'], ['b1', 'b2']]);
    expect(keys(removeSection(start, 'a'))).toEqual([['b1', 'b2']]);
    expect(renameSection(start, 'b', 'X').map(({ title }) => title)).toEqual(['', 'X']);
    const changed = changeField(start, 'b1', { type: 'date', value: '2026-01-01' });
    expect(changed[1]?.fields[0]).toMatchObject({ type: 'date', value: '2026-01-01' });
    expect(changed[0]).toEqual(start[0]);
  });
});

describe('layoutOf', () => {
  it.each(ITEM_KINDS)('has every field of a %s once', (kind) => {
    const names = layoutOf(kind).flatMap(({ lines }) => lines.flat());
    expect([...names].sort()).toEqual(
      fieldsOf(kind)
        .map(([name]) => name)
        .sort(),
    );
  });
});

describe('parseTags', () => {
  it.each([
    ['work, ,bank,work', ['work', 'bank']],
    [' work / mail ,/home/,//', ['work/mail', 'home']],
    ['', []],
  ])('%j', (text, tags) => {
    expect(parseTags(text)).toEqual(tags);
  });

  it('takes no more and no longer tags than an item may have', () => {
    const tags = parseTags(
      Array.from({ length: 100 }, (_, index) => `${index}`.repeat(100)).join(),
    );
    expect(tags).toHaveLength(64);
    expect(Math.max(...tags.map(({ length }) => length))).toBe(128);
  });
});
