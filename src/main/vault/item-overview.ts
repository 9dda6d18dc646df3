// ItemOverview: what is kept in memory of every item while the vault is unlocked. Never a password, note or key.
// Overviews of many items lie together in packs, so that unlocking opens no item. docs/vault-format.md, "Overviews".
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import { fromBase64Url, fromUtf8, toBase64Url, toUtf8 } from '../../shared/bytes.ts';
import { toCanonicalJson } from '../../shared/canonical-json.ts';
import {
  type ItemKind,
  type ItemUrl,
  KIND_FIELDS,
  URL_MATCHES,
  type UrlMatch,
} from '../../shared/model/item-kinds.ts';
import type { Item } from './item.ts';
import { VaultError } from './vault-error.ts';

export interface ItemOverview {
  readonly id: ItemId;
  readonly kind: ItemKind;
  readonly title: string;
  /** What tells items of one title apart: a user name, the last digits of a card. */
  readonly subtitle: string;
  readonly urls: readonly ItemUrl[];
  readonly tags: readonly string[];
  readonly favourite: boolean;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly archivedAt: number | null;
  readonly trashedAt: number | null;
  readonly hasOneTimeCode: boolean;
  readonly attachments: number;
  /** Of a passkey. */
  readonly passkey: PasskeyOverview | null;
}

export interface PasskeyOverview {
  readonly rpId: string;
  readonly credentialId: Uint8Array;
  readonly loginId: ItemId | null;
}

const FAVOURITE = 1;
const HAS_ONE_TIME_CODE = 2;
/** How many members the JSON of an overview has. */
const MEMBERS = 12;

/** The overview of an item that is at hand. */
export function overviewOf(item: Item): ItemOverview {
  const { id, kind, title, urls, tags, favourite } = item;
  const { createdAt, modifiedAt, archivedAt, trashedAt } = item;
  return {
    ...{ id, kind, title, subtitle: subtitleOf(item), urls, tags, favourite },
    ...{ createdAt, modifiedAt, archivedAt, trashedAt },
    hasOneTimeCode: item.oneTimeCode !== null,
    attachments: item.attachments.length,
    passkey:
      item.kind === 'passkey'
        ? { rpId: item.rpId, credentialId: item.credentialId, loginId: item.loginId }
        : null,
  };
}

/**
 * JSON in UTF-8, the id left out: it stands beside it. An array, since the names of members would be more than half of all
 * that unlocking reads: kind, title, subtitle, URLs, tags, flags, five numbers (0 for a time that is not), passkey or 0.
 * A URL is its text, or `[text, match]` where the match is another than `domain`.
 */
export function encodeOverview(overview: ItemOverview): Uint8Array<ArrayBuffer> {
  const { kind, title, subtitle, tags, passkey, createdAt, modifiedAt, attachments } = overview;
  const urls = overview.urls.map(({ url, match }) => (match === 'domain' ? url : [url, match]));
  const flags =
    (overview.favourite ? FAVOURITE : 0) + (overview.hasOneTimeCode ? HAS_ONE_TIME_CODE : 0);
  const times = [createdAt, modifiedAt, overview.archivedAt ?? 0, overview.trashedAt ?? 0];
  const credential =
    passkey === null ? 0 : [passkey.rpId, toBase64Url(passkey.credentialId), passkey.loginId ?? 0];
  return toUtf8(
    toCanonicalJson([kind, title, subtitle, urls, tags, flags, ...times, attachments, credential]),
  );
}

/** Throws `vault/item-damaged` on anything that `encodeOverview` does not write. */
export function decodeOverview(id: ItemId, bytes: Uint8Array): ItemOverview {
  try {
    const members = array(JSON.parse(fromUtf8(bytes)), MEMBERS);
    const flags = count(members[5]);
    if (flags > FAVOURITE + HAS_ONE_TIME_CODE) throw new TypeError('overview: unknown flags');
    return {
      id,
      kind: kindOf(members[0]),
      title: text(members[1]),
      subtitle: text(members[2]),
      urls: array(members[3]).map(urlOf),
      tags: array(members[4]).map(text),
      favourite: (flags & FAVOURITE) !== 0,
      hasOneTimeCode: (flags & HAS_ONE_TIME_CODE) !== 0,
      createdAt: count(members[6]),
      modifiedAt: count(members[7]),
      archivedAt: count(members[8]) || null,
      trashedAt: count(members[9]) || null,
      attachments: count(members[10]),
      passkey: members[11] === 0 ? null : credentialOf(array(members[11], 3)),
    };
  } catch {
    // The reason may quote what was read, so it is not kept as cause.
    throw new VaultError('vault/item-damaged', 'overview: not of the form of its schema', {
      details: { step: 'overview' },
    });
  }
}

/** Read by hand: 100,000 of them are read at once, and a schema takes ten times as long. */
function array(value: unknown, length?: number): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError('overview: expected a list');
  if (length !== undefined && value.length !== length) throw new TypeError('overview: length');
  return value;
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('overview: expected a text');
  return value;
}

function count(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new TypeError('overview: expected a count');
  }
  return value;
}

function kindOf(value: unknown): ItemKind {
  const kind = text(value);
  if (!Object.hasOwn(KIND_FIELDS, kind)) throw new TypeError('overview: unknown kind');
  return kind as ItemKind;
}

function urlOf(value: unknown): ItemUrl {
  if (typeof value === 'string') return { url: value, match: 'domain' };
  const [url, match] = array(value, 2).map(text);
  if (match === undefined || match === 'domain' || !Object.hasOwn(URL_MATCHES, match)) {
    throw new TypeError('overview: unknown match');
  }
  return { url: url ?? '', match: match as UrlMatch };
}

function credentialOf([rpId, credentialId, login]: readonly unknown[]): PasskeyOverview {
  const loginId = login === 0 ? null : text(login);
  if (loginId !== null && !/^[0-9a-f]{32}$/.test(loginId)) throw new TypeError('overview: id');
  return {
    rpId: text(rpId),
    credentialId: fromBase64Url(text(credentialId)),
    loginId: loginId as ItemId | null,
  };
}

function subtitleOf(item: Item): string {
  switch (item.kind) {
    case 'login':
      return item.fields.username;
    case 'passkey':
      return item.userName;
    case 'one-time-code':
      return item.oneTimeCode?.account ?? '';
    case 'note':
      return '';
    case 'card':
      return lastDigits(item.fields.number);
    case 'identity':
      return item.fields.email;
    case 'ssh-key':
      return item.fields.fingerprint;
    case 'wifi':
      return item.fields.ssid;
    case 'licence':
      return item.fields.version;
  }
}

/** As a card is told apart on a receipt; nothing of a number too short to be one. */
function lastDigits(number: string): string {
  const digits = number.replace(/\D/g, '');
  return digits.length < 12 ? '' : `•••• ${digits.slice(-4)}`;
}

/** The host that `url` names, also where a person wrote it without a scheme; empty where there is none. */
export function hostOf(url: string | undefined): string {
  if (url === undefined || url === '') return '';
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(url);
  return URL.parse(hasScheme ? url : `https://${url}`)?.hostname ?? '';
}

/** What an item's place is called in a list: the host of its first URL, or the RP ID. */
export function placeOf(overview: ItemOverview): string {
  return overview.passkey?.rpId ?? hostOf(overview.urls[0]?.url);
}
