// SearchEntry: one item as the search sees it. Never a password, a note or a key.
// SPDX-License-Identifier: MIT

export interface SearchEntry {
  readonly title: string;
  /** User name, card holder, e-mail address: what the row shows under the title. */
  readonly subtitle: string;
  readonly host: string;
  readonly urls: readonly string[];
  /** Nested with `/`. */
  readonly tags: readonly string[];
  readonly kind: string;
  /** Sum of {@link SEARCH_FLAGS}. */
  readonly flags: number;
}

export const SEARCH_FLAGS = {
  favourite: 1,
  archived: 2,
  trashed: 4,
  hasOneTimeCode: 8,
  hasPasskey: 16,
  hasAttachment: 32,
  isDamaged: 64,
} as const;
