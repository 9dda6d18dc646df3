// The terms `kind:` and `is:`: which kinds and flags a name stands for. They cost a table look-up per item.
// SPDX-License-Identifier: MIT

import { SEARCH_FLAGS } from './search-entry.ts';
import type { NameTerm } from './search-query.ts';

const STATES: Readonly<Record<string, number>> = {
  favourite: SEARCH_FLAGS.favourite,
  favorite: SEARCH_FLAGS.favourite,
  archived: SEARCH_FLAGS.archived,
  trashed: SEARCH_FLAGS.trashed,
  code: SEARCH_FLAGS.hasOneTimeCode,
  passkey: SEARCH_FLAGS.hasPasskey,
  attachment: SEARCH_FLAGS.hasAttachment,
  damaged: SEARCH_FLAGS.isDamaged,
};

/** Passes items that have one of the flags or are of one of the kinds; negated, all the others. */
export interface NameFilter {
  readonly negated: boolean;
  /** Sum of flags. */
  readonly flags: number;
  /** By number of the kind: 1 where it passes. */
  readonly kinds: Uint8Array;
}

/** `kinds` are the folded names of all kinds by their number. */
export function nameFilter(term: NameTerm, kinds: readonly string[]): NameFilter {
  const states = term.by === 'state' ? Object.keys(STATES) : [];
  const known = [...states, ...kinds];
  const isExact = known.includes(term.name);
  const isMeant = (name: string): boolean =>
    isExact || !term.open ? name === term.name : name.startsWith(term.name);
  return {
    negated: term.negated,
    flags: states.filter(isMeant).reduce((sum, state) => sum | (STATES[state] ?? 0), 0),
    kinds: Uint8Array.from(kinds, (kind) => (isMeant(kind) ? 1 : 0)),
  };
}

export function passes({ negated, flags, kinds }: NameFilter, kind: number, has: number): boolean {
  return ((flags & has) !== 0 || kinds[kind] === 1) !== negated;
}
