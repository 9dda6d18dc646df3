// The shapes of the vault's JSON, second implementation: docs/vault-format.md, "Items", "Overviews" and "Documents".
// Strict: a member that is missing, unknown or of another type is malformed.
// SPDX-License-Identifier: MIT

import { type Json, Malformed, unbase64url } from './bytes.ts';

type Check = (value: Json) => void;
type Members = Readonly<Record<string, Check>>;
export type Rec = Readonly<Record<string, Json>>;

/** Number in the pack, and own fields, of each kind. */
export const KINDS: Readonly<Record<string, { code: number; fields: readonly string[] }>> = {
  login: { code: 1, fields: ['username', 'password'] },
  passkey: { code: 2, fields: [] },
  'one-time-code': { code: 3, fields: [] },
  note: { code: 4, fields: [] },
  card: {
    code: 5,
    fields: [
      ...['cardholder', 'number', 'brand', 'expires', 'validFrom'],
      ...['securityCode', 'pin', 'bank'],
    ],
  },
  identity: {
    code: 6,
    fields: [
      ...['honorific', 'firstName', 'middleName', 'lastName', 'birthDate', 'email', 'phone'],
      ...['street', 'street2', 'postalCode', 'city', 'region', 'country', 'company', 'jobTitle'],
      ...['username', 'nationalId', 'passportNumber', 'driverLicence'],
    ],
  },
  'ssh-key': { code: 7, fields: ['privateKey', 'publicKey', 'fingerprint', 'keyType'] },
  wifi: { code: 8, fields: ['ssid', 'security', 'username', 'password', 'isHiddenNetwork'] },
  licence: {
    code: 9,
    fields: [
      ...['product', 'version', 'licenceKey', 'licensedTo', 'email', 'company'],
      ...['orderNumber', 'purchasedOn', 'expiresOn'],
    ],
  },
};

function require(condition: boolean, what: string): void {
  if (!condition) throw new Malformed(`JSON: ${what}`);
}

const string: Check = (value) => require(typeof value === 'string', 'not a string');
const boolean: Check = (value) => require(typeof value === 'boolean', 'not a boolean');
const count: Check = (value) =>
  require(Number.isSafeInteger(value) && Number(value) >= 0, 'no count');
const upTo =
  (least: number, most: number): Check =>
  (value) => {
    count(value);
    require(Number(value) >= least && Number(value) <= most, 'out of range');
  };
const oneOf =
  (...values: readonly string[]): Check =>
  (value) =>
    require(values.includes(value as string), 'not one of the words');
const hexOf =
  (digits: number): Check =>
  (value) =>
    require(typeof value === 'string' &&
      value.length === digits &&
      /^[0-9a-f]*$/.test(value), 'not an id');
const bytes: Check = (value) => {
  string(value);
  unbase64url(value as string);
};
const orNull =
  (check: Check): Check =>
  (value) => {
    if (value !== null) check(value);
  };
const listOf =
  (check: Check): Check =>
  (value) => {
    require(Array.isArray(value), 'not a list');
    for (const one of value as readonly Json[]) check(one);
  };
const record =
  (members: Members): Check =>
  (value) => {
    require(value !== null && typeof value === 'object' && !Array.isArray(value), 'not a record');
    const found = Object.keys(value as Rec);
    require(found.every((name) => Object.hasOwn(members, name)), 'an unknown member');
    for (const [name, check] of Object.entries(members)) {
      require(found.includes(name), 'a missing member');
      check((value as Rec)[name] ?? null);
    }
  };

const url = record({
  url: string,
  match: oneOf('domain', 'host', 'starts-with', 'exact', 'regex', 'never'),
});
const customField = record({
  id: hexOf(16),
  label: string,
  type: oneOf('text', 'hidden', 'boolean', 'date', 'url', 'email', 'number'),
  value: string,
});
const oneTimeCode = record({
  type: oneOf('totp', 'hotp', 'steam'),
  secret: string,
  algorithm: oneOf('SHA-1', 'SHA-256', 'SHA-512'),
  digits: upTo(1, 10),
  period: count,
  counter: count,
  issuer: string,
  account: string,
});
const base: Members = {
  title: string,
  note: string,
  tags: listOf(string),
  favourite: boolean,
  createdAt: count,
  modifiedAt: count,
  archivedAt: orNull(count),
  trashedAt: orNull(count),
  urls: listOf(url),
  sections: listOf(record({ id: hexOf(16), title: string, fields: listOf(customField) })),
  attachments: listOf(record({ id: hexOf(32), name: string, sizeBytes: count, addedAt: count })),
  oneTimeCode: orNull(oneTimeCode),
  formerPasswords: listOf(record({ value: string, replacedAt: count })),
};
const credential: Members = {
  loginId: orNull(hexOf(32)),
  rpId: string,
  rpName: string,
  userHandle: bytes,
  userName: string,
  userDisplayName: string,
  credentialId: bytes,
  algorithm: string,
  backupEligible: boolean,
  backupState: boolean,
  signCount: upTo(0, 0xffff_ffff),
};

/** The item's record, or malformed. */
export function checkItem(value: Json): Rec {
  const kind = (value as Rec | null)?.kind;
  const own = typeof kind === 'string' && Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (own === undefined || typeof kind !== 'string') throw new Malformed('an unknown kind');
  const fields = record(Object.fromEntries(own.fields.map((name) => [name, string])));
  const more = kind === 'passkey' ? credential : {};
  record({ kind: string, fields, ...base, ...more })(value);
  return value as Rec;
}

const urlInOverview: Check = (value) => {
  if (typeof value === 'string') return;
  listOf(string)(value);
  const [, match] = value as readonly string[];
  require((value as readonly Json[]).length === 2, 'not a pair');
  oneOf('host', 'starts-with', 'exact', 'regex', 'never')(match ?? null);
};
const credentialInOverview: Check = (value) => {
  if (value === 0) return;
  listOf(() => undefined)(value);
  const [rpId = null, credentialId = null, loginId = null] = value as readonly Json[];
  require((value as readonly Json[]).length === 3, 'not three');
  string(rpId);
  bytes(credentialId);
  if (loginId !== 0) hexOf(32)(loginId);
};
/** The twelve members of an overview, in their order. */
const OVERVIEW: readonly Check[] = [
  oneOf(...Object.keys(KINDS)),
  string,
  string,
  listOf(urlInOverview),
  listOf(string),
  upTo(0, 3),
  ...[count, count, count, count, count],
  credentialInOverview,
];

export type Overview = readonly Json[];

export function checkOverview(value: Json): Overview {
  listOf(() => undefined)(value);
  const members = value as readonly Json[];
  require(members.length === OVERVIEW.length, 'not twelve members');
  for (const [index, check] of OVERVIEW.entries()) check(members[index] ?? null);
  return members;
}

const documents: Readonly<Record<string, Check>> = {
  slotNames: listOf(record({ slotId: hexOf(32), name: string, createdAt: count })),
  savedSearches: listOf(record({ id: hexOf(16), name: string, text: string })),
  generatorHistory: listOf(record({ value: string, at: count })),
};
export const DOCUMENTS = ['slotNames', 'savedSearches', 'generatorHistory'] as const;
export type DocumentName = (typeof DOCUMENTS)[number];

export function checkDocument(name: DocumentName, value: Json): Json {
  documents[name]?.(value);
  return value;
}

const meta = record({ genesis: bytes, deviceId: hexOf(32) });

export function checkMeta(value: Json): Rec {
  meta(value);
  return value as Rec;
}

/** What the overview says of an item. */
export function overviewOf(item: Rec): Overview {
  const kind = item.kind as string;
  const urls = item.urls as readonly { readonly url: string; readonly match: string }[];
  const flags = (item.favourite === true ? 1 : 0) + (item.oneTimeCode === null ? 0 : 2);
  const { title = '', tags = [], createdAt = 0, modifiedAt = 0, archivedAt, trashedAt } = item;
  const { rpId = '', credentialId = '', loginId } = item;
  return [
    ...[kind, title, subtitleOf(kind, item)],
    urls.map(({ url, match }) => (match === 'domain' ? url : [url, match])),
    ...[tags, flags, createdAt, modifiedAt, archivedAt ?? 0, trashedAt ?? 0],
    (item.attachments as readonly Json[]).length,
    kind === 'passkey' ? [rpId, credentialId, loginId ?? 0] : 0,
  ];
}

function subtitleOf(kind: string, item: Rec): Json {
  const fields = item.fields as Readonly<Record<string, string>>;
  const digits = (fields.number ?? '').replace(/[^0-9]/g, '');
  const subtitles: Readonly<Record<string, Json | undefined>> = {
    login: fields.username,
    passkey: item.userName,
    'one-time-code': (item.oneTimeCode as Rec | null)?.account,
    card: digits.length < 12 ? '' : `•••• ${digits.slice(-4)}`,
    identity: fields.email,
    'ssh-key': fields.fingerprint,
    wifi: fields.ssid,
    licence: fields.version,
  };
  return subtitles[kind] ?? '';
}
