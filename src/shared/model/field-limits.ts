// The longest each field of an item may be on its way in, in UTF-16 code units, and how many of a list.
// SPDX-License-Identifier: MIT

export const FIELD_LIMITS = {
  title: 1024,
  username: 4096,
  password: 16_384,
  url: 8192,
  note: 65_536,
  tag: 128,
} as const;

/** How many of them an item may have. */
export const LIST_LIMITS = { urls: 64, tags: 64 } as const;
