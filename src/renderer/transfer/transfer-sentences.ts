// What an import says about rows: why one was skipped, what was noticed about those taken. Complete by type.
// SPDX-License-Identifier: MIT

import { ITEM_KINDS, type ItemKind } from '../../shared/model/item-kinds.ts';
import type {
  ImportFormat,
  ImportNotice,
  LeftOutName,
  SkipReason,
} from '../../shared/model/transfer.ts';
import { formatAmount } from '../format.ts';

export const skipSentences: Readonly<Record<SkipReason, string>> = {
  empty: 'The row is empty.',
  'duplicate-in-file': 'The same login, or the same passkey, stands earlier in this file.',
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

const kindNames: Readonly<Record<ItemKind, readonly [one: string, several: string]>> = {
  login: ['login', 'logins'],
  passkey: ['passkey', 'passkeys'],
  'one-time-code': ['one-time code', 'one-time codes'],
  note: ['note', 'notes'],
  card: ['card', 'cards'],
  identity: ['identity', 'identities'],
  'ssh-key': ['SSH key', 'SSH keys'],
  wifi: ['Wi-Fi network', 'Wi-Fi networks'],
  licence: ['licence', 'licences'],
};

/** `3 logins`, `1 note`, ...: the kinds that there are any of. */
export function kindAmounts(kinds: Readonly<Record<ItemKind, number>>): readonly string[] {
  return ITEM_KINDS.filter((kind) => kinds[kind] > 0).map((kind) =>
    formatAmount(kinds[kind], ...kindNames[kind]),
  );
}

/** Why something of the vault is not in an export. */
export const leftOutSentences: Readonly<Record<LeftOutName['reason'], string>> = {
  damaged: 'is damaged and cannot be read',
  bound: 'is a passkey that can never leave this vault',
};

/** What an item is called whose title cannot be read. */
export function nameOfLeftOut({ title, kind, fileName }: LeftOutName): string {
  const unnamed = kind === null ? 'An item' : `A ${kindNames[kind][0]}`;
  const item = title === null || title === '' ? `${unnamed} without a readable title` : title;
  return fileName === null ? item : `${fileName}, a file of ${item},`;
}
