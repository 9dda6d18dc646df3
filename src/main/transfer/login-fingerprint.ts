// Equal for two logins exactly when title, user name, password, URLs and note are equal.
// It is a plain hash of secrets: it stays in the memory of the process that holds them anyway.
// SPDX-License-Identifier: MIT

import { toHex, toUtf8 } from '../../shared/bytes.ts';
import { toCanonicalJson } from '../../shared/canonical-json.ts';
import { sha256 } from '../crypto/digest.ts';
import type { LoginItem } from '../vault/item.ts';

/** The content by which a login is known again; tags, times and the favourite mark are not of it. */
export type LoginContent = Pick<LoginItem, 'title' | 'username' | 'password' | 'urls' | 'note'>;

/** 64 lower-case hex digits; free of dependence on order or form of storage. */
export function loginFingerprint(login: LoginContent): string {
  const { title, username, password, urls, note } = login;
  return toHex(sha256(toUtf8(toCanonicalJson([title, username, password, urls, note]))));
}
