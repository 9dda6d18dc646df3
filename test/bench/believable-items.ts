// Items like those of a person who has lived on the net for long, from a seed: as many as are asked for, of all kinds,
// with the spread of lengths that real ones have. The same index is always the same item.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../src/shared/brand.ts';
import { toUtf8 } from '../../src/shared/bytes.ts';
import { fieldsOf } from '../../src/shared/model/item-kinds.ts';
import {
  type Item,
  NOTHING_MORE,
  type PasskeyItem,
  type PlainItem,
  type PlainKind,
} from '../../src/main/vault/item.ts';
import { Dice } from '../torture/dice.ts';

const SYLLABLES =
  'nord bank mail shop cloud data book air soft net blue star run play cast line ' +
  'work home care food tele med farm ship wind solar grid note code fox bird oak';
const FIRST_NAMES =
  'anna ben clara david emma finn greta hugo ida jonas karla leo mia noah olga paul';
const LAST_NAMES =
  'meyer schmidt novak rossi garcia silva jansen kowalski dubois müller tanaka okafor';
const ENDINGS = ['com', 'org', 'net', 'io', 'co.uk', 'de', 'app', 'example'];
const PATHS = ['login', 'account/sign-in', 'auth/realms/main', 'user/session/new', ''];
const MAILS = ['mail.example', 'post.example', 'work.example', 'university.example'];
const TAGS = [
  ...['work', 'work/mail', 'work/servers', 'home', 'family', 'bank', 'travel', 'shop', 'old'],
  ...['school', 'club', 'health', 'tax', 'music', 'games', 'social', 'dev', 'dev/ci', 'print'],
];
const NOTE_WORDS =
  'account was opened in the office ask support for a new code when the phone is lost ' +
  'security question answer is in the other entry renewal every year in march';
const GLYPHS = Array.from('abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!#$%&*+-=?@_');
const BASE32 = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567');
const FIRST_DAY = Date.UTC(2014, 0, 1);
const YEARS_MS = 11 * 365 * 24 * 3_600_000;

const OTHER_KINDS: readonly PlainKind[] = [
  ...(['note', 'note', 'note', 'card', 'card', 'identity'] as const),
  ...(['wifi', 'licence', 'one-time-code', 'ssh-key'] as const),
];

const words = (text: string): readonly string[] => text.split(' ');

/** One of a hundred is a passkey: it needs a private key when it is saved. */
export function believableItem(index: number, id: ItemId): Item {
  const dice = new Dice(`bench item ${String(index)}`);
  const place = placeOf(dice);
  if (index % 100 === 99) return passkey(dice, id, place);
  const kind: PlainKind = dice.below(100) < 82 ? 'login' : dice.pick(OTHER_KINDS);
  return plainItem(dice, id, kind, place);
}

interface Place {
  readonly name: string;
  readonly host: string;
  readonly user: string;
}

function placeOf(dice: Dice): Place {
  const parts = words(SYLLABLES);
  const name = Array.from({ length: 2 + dice.below(2) }, () => dice.pick(parts)).join('');
  const first = dice.pick(words(FIRST_NAMES));
  const user = `${first}.${dice.pick(words(LAST_NAMES))}${dice.oneIn(2) ? dice.below(90) + 10 : ''}`;
  return { name, host: `${name}.${dice.pick(ENDINGS)}`, user: `${user}@${dice.pick(MAILS)}` };
}

function plainItem(dice: Dice, id: ItemId, kind: PlainKind, place: Place): PlainItem {
  const login = kind === 'login';
  const url = `https://${dice.oneIn(3) ? 'www.' : ''}${place.host}/${dice.pick(PATHS)}`;
  const urls = login ? [{ url, match: 'domain' as const }] : [];
  return {
    ...{ ...NOTHING_MORE, id, kind, title: titleOf(dice, kind, place) },
    fields: Object.fromEntries(
      fieldsOf(kind).map(([name, spec]) => [name, valueOf(dice, name, spec.type, place)]),
    ),
    note: kind === 'note' ? text(dice, 60) : dice.oneIn(4) ? text(dice, 12) : '',
    tags: dice.below(100) < 40 ? [dice.pick(TAGS)] : [],
    urls,
    favourite: dice.oneIn(40),
    archivedAt: dice.oneIn(60) ? FIRST_DAY + YEARS_MS : null,
    sections: dice.oneIn(20) ? [sectionOf(dice)] : [],
    oneTimeCode: kind === 'one-time-code' || (login && dice.oneIn(12)) ? codeOf(dice, place) : null,
    ...timesOf(dice),
  } as unknown as PlainItem;
}

function passkey(dice: Dice, id: ItemId, { name, host, user }: Place): PasskeyItem {
  return {
    ...{ ...NOTHING_MORE, ...timesOf(dice), id, kind: 'passkey', fields: {} },
    ...{ title: capital(name), loginId: null, rpId: host, rpName: capital(name) },
    userHandle: dice.bytes(32),
    userName: user,
    userDisplayName: user.split('@')[0] ?? '',
    credentialId: dice.bytes(32),
    ...{ algorithm: 'ES256', backupEligible: true, backupState: false, signCount: 0 },
  };
}

function titleOf(dice: Dice, kind: PlainKind, { name, host }: Place): string {
  if (kind === 'note') return `${capital(name)}: ${text(dice, 3)}`;
  if (kind !== 'login') return `${capital(name)} ${kind.replace('-', ' ')}`;
  return dice.oneIn(4)
    ? host
    : dice.oneIn(6)
      ? `${capital(name)} (${text(dice, 2)})`
      : capital(name);
}

function valueOf(dice: Dice, name: string, type: string, { user, name: place }: Place): string {
  switch (name) {
    case 'username':
    case 'email':
      return user;
    case 'number':
      return `4${digits(dice, 15)}`;
    case 'privateKey':
      return `-----BEGIN OPENSSH PRIVATE KEY-----\n${password(dice, 360)}\n-----END OPENSSH PRIVATE KEY-----\n`;
    case 'publicKey':
      return `ssh-ed25519 ${password(dice, 68)} ${user}`;
    case 'fingerprint':
      return `SHA256:${password(dice, 43)}`;
    case 'keyType':
      return 'ed25519';
    case 'security':
      return 'wpa';
    case 'ssid':
      return `${place}-${digits(dice, 3)}`;
  }
  switch (type) {
    case 'hidden':
      return password(dice, 10 + dice.below(14));
    case 'month':
      return `20${String(26 + dice.below(9))}-0${String(1 + dice.below(9))}`;
    case 'date':
      return `19${String(50 + dice.below(50))}-0${String(1 + dice.below(9))}-1${String(dice.below(9))}`;
    case 'boolean':
      return '';
    default:
      return dice.oneIn(3) ? '' : capital(dice.pick(words(LAST_NAMES)));
  }
}

function sectionOf(dice: Dice) {
  const id = (): string => Array.from(dice.bytes(8), hexByte).join('');
  return {
    id: id(),
    title: 'Recovery',
    fields: [
      { id: id(), label: 'Customer number', type: 'text' as const, value: digits(dice, 9) },
      { id: id(), label: 'Code word', type: 'hidden' as const, value: password(dice, 12) },
    ],
  };
}

function codeOf(dice: Dice, { name, user }: Place) {
  const secret = Array.from({ length: 32 }, () => dice.pick(BASE32)).join('');
  return {
    ...{ type: 'totp', secret, algorithm: 'SHA-1', digits: 6, period: 30, counter: 0 },
    ...{ issuer: capital(name), account: user },
  };
}

function timesOf(dice: Dice) {
  const createdAt = FIRST_DAY + dice.below(YEARS_MS / 1000) * 1000;
  return { createdAt, modifiedAt: createdAt + dice.below(1_000_000) * 1000 };
}

function text(dice: Dice, length: number): string {
  const list = words(NOTE_WORDS);
  return Array.from({ length: 1 + dice.below(length) }, () => dice.pick(list)).join(' ');
}

function password(dice: Dice, length: number): string {
  return Array.from({ length }, () => dice.pick(GLYPHS)).join('');
}

function digits(dice: Dice, length: number): string {
  return Array.from({ length }, () => String(dice.below(10))).join('');
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function hexByte(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

/** A browser's export of `count` of these logins. */
export function believableCsv(count: number): Uint8Array {
  const lines = ['name,url,username,password,note'];
  for (let index = 0; index < count; index += 1) {
    const dice = new Dice(`bench csv ${String(index)}`);
    const { name, host, user } = placeOf(dice);
    // No quotes are needed for what these glyphs can be.
    const secret = password(dice, 10 + dice.below(14));
    lines.push(`${capital(name)},https://${host}/login,${user},${secret},row ${String(index)}`);
  }
  return toUtf8(`${lines.join('\r\n')}\r\n`);
}
