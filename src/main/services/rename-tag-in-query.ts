// A tag in the text of a saved search gets the tag's new name, written as the query language needs it.
// SPDX-License-Identifier: MIT

import { fold } from '../search/fold.ts';
import { tokensOf, type Token } from '../search/parse-query.ts';

/** As much as a search may have, and as much of it as is read. */
const MOST_CHARACTERS = 512;

/**
 * `text` with every `tag:` of `tag`, or of one below it, as of `name`. Everything else of it stays as it was typed; all
 * of it where a name cannot be written in a query, or the query would become longer than one may be.
 */
export function renameTagInQuery(text: string, tag: string, name: string): string {
  const path = pathOf(tag);
  let renamed = '';
  let done = 0;
  for (const token of tokensOf(text)) {
    const below = token.prefix === 'tag' ? pathBelow(pathOf(token.value), path) : null;
    if (below === null) continue;
    const written = inQuery(token, [name, ...below].join('/'));
    if (written === null) return text;
    renamed += text.slice(done, token.start) + written;
    done = token.end;
  }
  renamed += text.slice(done);
  return renamed.length <= MOST_CHARACTERS ? renamed : text;
}

/** Null where a query has no way to say it: a phrase ends with the first quote, a word with the first blank. */
function inQuery({ negated }: Token, name: string): string | null {
  const start = negated ? '-tag:' : 'tag:';
  if (!/[\s"“”„]/u.test(name)) return start + name;
  return /["“”„]/u.test(name) ? null : `${start}"${name}"`;
}

function pathOf(tag: string): readonly string[] {
  return tag
    .split('/')
    .map((part) => part.trim())
    .filter(Boolean);
}

/** What of `path` lies below `parent`, told apart as a search does; null where it does not lie there. */
function pathBelow(path: readonly string[], parent: readonly string[]): readonly string[] | null {
  const isWithin =
    path.length >= parent.length &&
    parent.every((part, index) => fold(part) === fold(path[index] ?? ''));
  return isWithin ? path.slice(parent.length) : null;
}
