// What differs between two states of one item, field by field. Values of hidden fields are not told.
// SPDX-License-Identifier: MIT

import { fieldsOf } from '../../shared/model/item-kinds.ts';
import type { FieldDifference, FieldRef } from '../../shared/model/item.ts';
import { fieldValue, type Item } from '../vault/item.ts';

interface Shown {
  readonly label: string;
  /** What shows it by itself, where something does. */
  readonly field: FieldRef | null;
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
    return [
      {
        label: b?.label ?? a?.label ?? '',
        field: b?.field ?? a?.field ?? null,
        ...{ isHidden, hasThen: has(a), hasNow: has(b), then: tell(a), now: tell(b) },
      },
    ];
  });
}

function has(shown: Shown | undefined): boolean {
  return shown !== undefined && shown.value !== '';
}

/** Everything that a person could see change, by a key that stays the same where a label does not. */
function shownOf(item: Item): ReadonlyMap<string, Shown> {
  const shown = new Map<string, Shown>();
  const put = (
    key: string,
    label: string,
    value: string,
    { field = null, isHidden = false }: Partial<Pick<Shown, 'field' | 'isHidden'>> = {},
  ): void => {
    shown.set(key, { label, value, field, isHidden });
  };
  put('title', 'Title', item.title);
  for (const [name, { label, type }] of fieldsOf(item.kind)) {
    const isHidden = type === 'hidden';
    put(`field ${name}`, label, fieldValue(item, name), { field: name, isHidden });
  }
  put('urls', 'Web addresses', item.urls.map(({ url, match }) => `${url} (${match})`).join('\n'));
  put('code', 'One-time code', codeText(item), { field: 'one-time-code', isHidden: true });
  for (const section of item.sections) {
    for (const { id, label, value, type } of section.fields) {
      const isHidden = type === 'hidden';
      put(`custom ${id}`, label || section.title, value, { field: `custom:${id}`, isHidden });
    }
  }
  put('sections', 'Sections', sectionsText(item));
  put('note', 'Note', item.note, { field: 'note' });
  put('tags', 'Tags', [...item.tags].sort().join(', '));
  put('favourite', 'Favourite', item.favourite ? 'yes' : '');
  put('archived', 'Archive', item.archivedAt === null ? '' : 'archived');
  put('trashed', 'Trash', item.trashedAt === null ? '' : 'in the trash');
  put('attachments', 'Files', item.attachments.map(({ name }) => name).join('\n'));
  if (item.kind === 'passkey') put('login', 'Login', item.loginId ?? '', { isHidden: true });
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
