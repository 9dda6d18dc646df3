// What Google Authenticator shows under "Transfer accounts": `otpauth-migration://offline?data=`, base64 of a
// protobuf message with any number of codes. One picture holds about ten; further ones are texts of their own.
// SPDX-License-Identifier: MIT

import { fromBase64Url, fromUtf8 } from '../../shared/bytes.ts';
import {
  ONE_TIME_CODE_LIMITS,
  type OneTimeCode,
  type OneTimeCodeAlgorithm,
} from '../../shared/model/one-time-code.ts';
import { checkOneTimeCode } from './check-one-time-code.ts';
import { toBase32 } from './hotp.ts';
import { decode, parseKeyUri, pickParameters } from './key-uri.ts';
import { splitLabel } from './label.ts';
import { OneTimeCodeError } from './one-time-code-error.ts';
import { type ProtobufField, readProtobuf } from './protobuf-reader.ts';

/** Of `MigrationPayload`; version (2) and the batch (3 to 5) do not matter to us, nor does what may come later. */
const OTP_PARAMETERS = 1;

/** Of `OtpParameters`; later ones are ignored. */
const FIELDS = { secret: 1, name: 2, issuer: 3, algorithm: 4, digits: 5, type: 6, counter: 7 };
type FieldName = keyof typeof FIELDS;

/** The application has no other period. */
const PERIOD_SECONDS = 30;

// Index 0 stands for what was left out. MD5 (4) is not among ours.
const ALGORITHMS: readonly OneTimeCodeAlgorithm[] = ['SHA-1', 'SHA-1', 'SHA-256', 'SHA-512'];
const DIGITS: readonly number[] = [6, 6, 8, 7];
const TYPES: readonly ('totp' | 'hotp')[] = ['totp', 'hotp', 'totp'];

/**
 * Every code of one export, in its order: at least one. Throws `one-time-code/not-recognised` when anything in it is
 * malformed or is a code that Latchkey cannot compute; nothing is left out in silence.
 */
export function parseMigration(text: string): readonly OneTimeCode[] {
  const payload = payloadOf(text);
  try {
    const codes = fieldsOf(payload)
      .filter(({ number }) => number === OTP_PARAMETERS)
      .map(({ value }) => toOneTimeCode(asBytes(value)));
    if (codes.length === 0) throw new OneTimeCodeError('migration');
    return codes;
  } finally {
    payload.fill(0);
  }
}

function payloadOf(text: string): Uint8Array {
  const isTooLong = text.length > ONE_TIME_CODE_LIMITS.text.max;
  const uri = isTooLong ? null : parseKeyUri(text.trim());
  if (uri?.scheme !== 'otpauth-migration' || uri.type !== 'offline') {
    throw new OneTimeCodeError('migration');
  }
  const data = pickParameters(uri.query, ['data'], 'migration').get('data') ?? '';
  // Not form decoding: a plus sign is a character of base64.
  return fromBase64(decode(data, 'migration'));
}

function fromBase64(text: string): Uint8Array {
  const unpadded = text.replace(/={1,2}$/, '');
  if (unpadded !== text && text.length % 4 !== 0) throw new OneTimeCodeError('migration');
  if (/[-_]/.test(unpadded)) throw new OneTimeCodeError('migration');
  return orRefuse(() => fromBase64Url(unpadded.replaceAll('+', '-').replaceAll('/', '_')));
}

function toOneTimeCode(message: Uint8Array): OneTimeCode {
  const fields = fieldsOf(message);
  const bytes = (name: FieldName) => asBytes(only(fields, name, new Uint8Array()));
  const number = (name: FieldName) => asNumber(only(fields, name, 0n));
  const string = (name: FieldName) => orRefuse(() => fromUtf8(bytes(name)));

  const algorithm = ALGORITHMS[number('algorithm')];
  const digits = DIGITS[number('digits')];
  const type = TYPES[number('type')];
  const counter = number('counter');
  if (algorithm === undefined) throw new OneTimeCodeError('algorithm');
  if (digits === undefined) throw new OneTimeCodeError('digits');
  if (type === undefined) throw new OneTimeCodeError('type');
  return checkOneTimeCode({
    type,
    secret: toBase32(bytes('secret')),
    algorithm,
    digits,
    period: type === 'hotp' ? 0 : PERIOD_SECONDS,
    counter: type === 'hotp' ? counter : 0,
    ...splitLabel(string('name'), string('issuer')),
  });
}

function fieldsOf(message: Uint8Array): readonly ProtobufField[] {
  return orRefuse(() => readProtobuf(message));
}

/** Protobuf lets the last of two win; whoever writes both means to be read in two ways. */
function only(
  fields: readonly ProtobufField[],
  name: FieldName,
  absent: ProtobufField['value'],
): ProtobufField['value'] {
  const [first, second] = fields.filter(({ number }) => number === FIELDS[name]);
  if (second !== undefined) throw new OneTimeCodeError('migration');
  return first === undefined ? absent : first.value;
}

function asBytes(value: ProtobufField['value']): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new OneTimeCodeError('migration');
}

/** Negative numbers and those that a double rounds come out above every limit. */
function asNumber(value: ProtobufField['value']): number {
  if (typeof value !== 'bigint') throw new OneTimeCodeError('migration');
  return Number(value);
}

/** The readers' own errors tell offsets only; the reason is what the caller can act upon. */
function orRefuse<T>(read: () => T): T {
  try {
    return read();
  } catch {
    throw new OneTimeCodeError('migration');
  }
}
