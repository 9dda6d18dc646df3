// What differs between two states of one item, field by field. Values of hidden fields are not told.
// SPDX-License-Identifier: MIT

import { fieldsOf } from '../../shared/model/item-kinds.ts';
import type { FieldDifference } from '../../shared/model/item.ts';
import { fieldValue, type Item } from '../vault/item.ts';

interface Shown {
  readonly label: string;
  readonly isHidden: boolean;
  readonly value: string;
}

export function differencesBetween(then: Item, now: Item): readonly FieldDifference[] {
  const [before, after] = [shownOf(then), shownOf(now)];
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  return keys.flatMap((key) => {
    const a = before.get(key);
    const b = after.get(key);
    if ((a?.value ?? '') === (b?.value ?? '')) return [];
    const isHidden = a?.isHidden === true || b?.isHidden === true;
    const tell = (shown: Shown | undefined): string => (isHidden ? '' : (shown?.value ?? ''));
    return [{ label: b?.label ?? a?.label ?? '', isHidden, then: tell(a), now: tell(b) }];
  });
}

/** Everything that a person could see change, by a key that stays the same where a label does not. */
function shownOf(item: Item): ReadonlyMap<string, Shown> {
  const shown = new Map<string, Shown>();
  const put = (key: string, label: string, value: string, isHidden = false): void => {
    shown.set(key, { label, value, isHidden });
  };
  put('title', 'Title', item.title);
  for (const [name, { label, type }] of fieldsOf(item.kind)) {
    put(`field ${name}`, label, fieldValue(item, name), type === 'hidden');
  }
  put('urls', 'Web addresses', item.urls.map(({ url, match }) => `${url} (${match})`).join('\n'));
  put('code', 'One-time code', codeText(item), true);
  for (const section of item.sections) {
    for (const { id, label, value, type } of section.fields) {
      put(`custom ${id}`, label || section.title, value, type === 'hidden');
    }
  }
  put('sections', 'Sections', sectionsText(item));
  put('note', 'Note', item.note);
  put('tags', 'Tags', [...item.tags].sort().join(', '));
  put('favourite', 'Favourite', item.favourite ? 'yes' : '');
  put('archived', 'Archive', item.archivedAt === null ? '' : 'archived');
  put('trashed', 'Trash', item.trashedAt === null ? '' : 'in the trash');
  put('attachments', 'Files', item.attachments.map(({ name }) => name).join('\n'));
  if (item.kind === 'passkey') put('login', 'Login', item.loginId ?? '', true);
  return shown;
}

/** Without the counter of an HOTP: using a code is no change that a person made. */
function codeText({ oneTimeCode }: Item): string {
  return oneTimeCode === null ? '' : JSON.stringify({ ...oneTimeCode, counter: 0 });
}

/** Names and order, not the values. */
function sectionsText({ sections }: Item): string {
  return sections
    .map(({ title, fields }) => `${title}: ${fields.map(({ label }) => label).join(', ')}`)
    .join('\n');
}
