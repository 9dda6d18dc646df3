// Which field a hidden difference is about, so that it can be revealed: differences name fields by their label alone.
// SPDX-License-Identifier: MIT

import { KIND_FIELDS, type FieldSpec } from '../../shared/model/item-kinds.ts';
import type { FieldRef, ItemDetail } from '../../shared/model/item.ts';

/** The one hidden field of that label in any of `states`; null where there is none or more than one. */
export function hiddenFieldRef(label: string, states: readonly ItemDetail[]): FieldRef | null {
  const refs = new Set(states.flatMap((state) => refsOf(state, label)));
  const [ref] = refs;
  return refs.size === 1 && ref !== undefined ? ref : null;
}

function refsOf({ kind, sections }: ItemDetail, label: string): readonly FieldRef[] {
  const specs: readonly (readonly [string, FieldSpec])[] = Object.entries(KIND_FIELDS[kind]);
  const own = specs.filter(([, spec]) => spec.type === 'hidden' && spec.label === label);
  const custom = sections.flatMap(({ title, fields }) =>
    fields.filter((field) => field.type === 'hidden' && (field.label || title) === label),
  );
  return [...own.map(([name]) => name), ...custom.map(({ id }) => `custom:${id}`)];
}

/** Whether the hidden field holds something in that state. */
export function holds({ hidden, sections }: ItemDetail, field: FieldRef): boolean {
  if (!field.startsWith('custom:')) return hidden.includes(field);
  const all = sections.flatMap(({ fields }) => fields);
  return all.some(({ id, hasValue }) => field === `custom:${id}` && hasValue);
}
