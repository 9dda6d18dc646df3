// What an import says about rows: why one was skipped, what was noticed about those taken. Complete by type.
// SPDX-License-Identifier: MIT

import type { ImportFormat, ImportNotice, SkipReason } from '../../shared/model/transfer.ts';

export const skipSentences: Readonly<Record<SkipReason, string>> = {
  empty: 'The row is empty.',
  'duplicate-in-file': 'The same login stands earlier in this file.',
  'already-in-vault': 'The vault holds the same already; a passkey may lie in its trash.',
  'wrong-number-of-columns': 'The row has more or fewer columns than the heading.',
  'field-too-long': 'One of its fields is longer than Latchkey keeps.',
  'nul-byte': 'It contains a NUL character, which no real login has.',
};

export const noticeSentences: Readonly<Record<ImportNotice, string>> = {
  'title-made-from-url': 'had no name; the website became the title.',
  'no-password': 'have no password.',
  'no-username': 'have no user name.',
  'android-url': 'belong to Android apps; the app’s address is kept as it is.',
};

export const formatNames: Readonly<Record<ImportFormat, string>> = {
  'browser-csv': 'passwords exported from a browser (CSV)',
  'latchkey-export': 'an encrypted Latchkey export',
};
