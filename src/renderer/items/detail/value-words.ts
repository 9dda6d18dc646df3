// Values as they are read: dates and months in words, boxes as yes or no, choices by their label.
// SPDX-License-Identifier: MIT

import type { FieldSpec, ItemKind, ValueType } from '../../../shared/model/item-kinds.ts';
import type { ItemDetail } from '../../../shared/model/item.ts';
import { isDate } from '../form/date-text.ts';
import { isMonth, toShortMonth } from '../form/value-problems.ts';

const UTC = { timeZone: 'UTC' } as const;
const days = new Intl.DateTimeFormat('en-GB', {
  ...{ day: 'numeric', month: 'long', year: 'numeric' },
  ...UTC,
});
const months = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', ...UTC });

/** `value` in words; as it is where it is not what its type says. */
export function valueWords(
  spec: { readonly type: ValueType } & Pick<FieldSpec, 'choices'>,
  value: string,
): string {
  switch (spec.type) {
    case 'date':
      return isDate(value) ? days.format(Date.parse(value)) : value;
    case 'month':
      return isMonth(value)
        ? `${toShortMonth(value)}, ${months.format(Date.parse(`${value}-01`))}`
        : value;
    case 'boolean':
      return value === 'true' ? 'Yes' : 'No';
    case 'choice':
      return spec.choices?.[value] ?? value;
    case 'text':
    case 'hidden':
    case 'multiline':
    case 'url':
    case 'email':
    case 'phone':
    case 'number':
      return value;
  }
}

/** The field that says until when an item is good. */
const EXPIRY_FIELDS: Readonly<Partial<Record<ItemKind, string>>> = {
  card: 'expires',
  licence: 'expiresOn',
};

/** Whether `name` of the item says that it is no longer good: a card is good until its month ends. */
export function isExpired(
  item: Pick<ItemDetail, 'kind'>,
  name: string,
  value: string,
  now: number,
) {
  if (EXPIRY_FIELDS[item.kind] !== name) return false;
  const today = new Date(now);
  const month = `${today.getFullYear()}-${String(today.getMonth() + 1).padStart(2, '0')}`;
  if (isMonth(value)) return value < month;
  const day = `${month}-${String(today.getDate()).padStart(2, '0')}`;
  return isDate(value) && value < day;
}

/** Digits of a card number in fours, of American Express and the like as they are; nothing for what is no number. */
export function groupSizeOf(item: Pick<ItemDetail, 'kind'>, name: string): number | undefined {
  return item.kind === 'card' && name === 'number' ? 4 : undefined;
}
