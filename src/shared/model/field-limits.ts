// The longest each field of an item may be on its way in, in UTF-16 code units, and how many of a list.
// SPDX-License-Identifier: MIT

export const FIELD_LIMITS = {
  title: 1024,
  password: 16_384,
  /** Any other field of a kind, and the value of a custom field. */
  value: 16_384,
  label: 256,
  url: 8192,
  note: 65_536,
  tag: 128,
  fileName: 255,
} as const;

/** How many of them an item may have. */
export const LIST_LIMITS = {
  urls: 64,
  tags: 64,
  sections: 32,
  fields: 128,
  attachments: 128,
} as const;

/** An attachment is at most as long as its chunks can be counted: 16 GiB. */
export const MAX_ATTACHMENT_BYTES = 2 ** 34;
