// Whether one query can only find what another has found: as someone types on, most key strokes narrow the list.
// SPDX-License-Identifier: MIT

import type { SearchQuery, SearchTerm } from './search-query.ts';

/** True only where every match of `next` is one of `last`; some such pairs it does not see. */
export function refines(next: SearchQuery, last: SearchQuery): boolean {
  return last.terms.every((term, index) => {
    const longer = next.terms[index];
    return longer !== undefined && refinesTerm(longer, term);
  });
}

function refinesTerm(next: SearchTerm, last: SearchTerm): boolean {
  if (next.by === 'text' && last.by === 'text' && !next.negated && !last.negated) {
    return next.field === last.field && next.text.includes(last.text);
  }
  return JSON.stringify(next) === JSON.stringify(last);
}
