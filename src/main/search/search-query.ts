// SearchQuery: what a line of the search box means. Items must satisfy every term.
// SPDX-License-Identifier: MIT

/** Where a text is looked for; `any` is title, user, host, URLs and tags. */
export type TextField = 'any' | 'title' | 'user' | 'url';

/** All texts of terms are folded and not empty. */
export interface TextTerm {
  readonly by: 'text';
  readonly negated: boolean;
  readonly field: TextField;
  readonly text: string;
}

/** A pasted address: what counts of it is the site. */
export interface SiteTerm {
  readonly by: 'site';
  readonly negated: boolean;
  /** Spellings of the host, without `www.`; the first is the one that was written. */
  readonly hosts: readonly string[];
  /** Domains above the host: an item kept for one of them is found too. */
  readonly parents: readonly string[];
}

/** A tag or one below it. `open`: where no tag has this name, tags that begin with it will do. */
export interface TagTerm {
  readonly by: 'tag';
  readonly negated: boolean;
  readonly name: string;
  readonly open: boolean;
}

/** A kind, or a flag or kind. `open` as for tags. */
export interface NameTerm {
  readonly by: 'kind' | 'state';
  readonly negated: boolean;
  readonly name: string;
  readonly open: boolean;
}

export type SearchTerm = TextTerm | SiteTerm | TagTerm | NameTerm;

export interface SearchQuery {
  readonly terms: readonly SearchTerm[];
}
