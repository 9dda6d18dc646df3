// A one-time code from a key URI (Google Authenticator, "Key Uri Format"), from what Steam, Bitwarden and KeePassXC
// write for Steam Guard, or from a bare secret.
// SPDX-License-Identifier: MIT

import {
  ONE_TIME_CODE_LIMITS,
  type OneTimeCode,
  type OneTimeCodeAlgorithm,
  type OneTimeCodeType,
  STEAM_GUARD,
} from '../../shared/model/one-time-code.ts';
import { checkOneTimeCode } from './check-one-time-code.ts';
import { decode, decodeFormValue, type KeyUri, parseKeyUri, pickParameters } from './key-uri.ts';
import { splitLabel } from './label.ts';
import { OneTimeCodeError, type OneTimeCodeReason } from './one-time-code-error.ts';
import { parseSecret } from './parse-secret.ts';

const DEFAULTS = { algorithm: 'SHA-1', digits: 6, period: 30, counter: 0 } as const;
const STEAM_ISSUER = 'Steam';

const PARAMETERS = [
  'secret',
  'issuer',
  'algorithm',
  'digits',
  'period',
  'counter',
  'encoder',
] as const;
type Parameters = ReadonlyMap<(typeof PARAMETERS)[number], string>;

const ALGORITHM_NAME = /^(?:hmac[-_]?)?sha[-_]?(1|256|512)$/i;
const ALGORITHMS: Readonly<Record<string, OneTimeCodeAlgorithm>> = {
  '1': 'SHA-1',
  '256': 'SHA-256',
  '512': 'SHA-512',
};

/**
 * Reads an `otpauth://` URI, `steam://SECRET` or a base32 secret. Throws `one-time-code/not-recognised`, its reason
 * `migration` for an export of Google Authenticator, which `parseMigration` reads.
 */
export function parseOneTimeCode(text: string): OneTimeCode {
  if (text.length > ONE_TIME_CODE_LIMITS.text.max) throw new OneTimeCodeError('uri');
  const trimmed = text.trim();
  if (!trimmed.includes(':')) return fromSecret(trimmed);
  const uri = parseKeyUri(trimmed);
  if (uri === null) throw new OneTimeCodeError('uri');
  switch (uri.scheme) {
    case 'otpauth':
      return fromUri(uri);
    case 'steam':
      // The secret stands where the type would: what follows `steam://` is read as it was written.
      return fromSteamSecret(trimmed.slice('steam://'.length));
    case 'otpauth-migration':
      throw new OneTimeCodeError('migration');
    default:
      throw new OneTimeCodeError('uri');
  }
}

function fromSecret(text: string): OneTimeCode {
  const secret = parseSecret(text);
  return checkOneTimeCode({ type: 'totp', secret, ...DEFAULTS, issuer: '', account: '' });
}

function fromSteamSecret(text: string): OneTimeCode {
  const secret = parseSecret(text);
  const names = { issuer: STEAM_ISSUER, account: '' };
  return checkOneTimeCode({ type: 'steam', secret, ...STEAM_GUARD, counter: 0, ...names });
}

function fromUri(uri: KeyUri): OneTimeCode {
  const parameters = pickParameters(uri.query, PARAMETERS, 'uri');
  // A plus sign in a label is one: accounts are often addresses such as `me+codes@example.com`.
  const label = decode(uri.label, 'uri');
  const names = splitLabel(label, decodeFormValue(parameters.get('issuer') ?? ''));
  const given = {
    algorithm: readAlgorithm(parameters),
    digits: readNumber(parameters, 'digits'),
    // Those who write one beside a counter mean nothing by it.
    period: uri.type === 'hotp' ? undefined : readNumber(parameters, 'period'),
  };
  const type = readType(uri, parameters, isSteamIssuer(names.issuer) && isSteamLike(given));
  const defaults = type === 'steam' ? STEAM_GUARD : DEFAULTS;
  return checkOneTimeCode({
    type,
    secret: parseSecret(decodeFormValue(parameters.get('secret') ?? '')),
    algorithm: given.algorithm ?? defaults.algorithm,
    digits: given.digits ?? defaults.digits,
    period: type === 'hotp' ? 0 : (given.period ?? defaults.period),
    counter: type === 'hotp' ? requireCounter(parameters) : 0,
    ...names,
  });
}

/** `looksLikeSteam` decides for those who write Steam Guard as TOTP and say so by the issuer alone. */
function readType(
  { type }: KeyUri,
  parameters: Parameters,
  looksLikeSteam: boolean,
): OneTimeCodeType {
  const encoder = parameters.get('encoder')?.toLowerCase();
  if (encoder !== undefined && (encoder !== 'steam' || type === 'hotp')) {
    throw new OneTimeCodeError('type');
  }
  switch (type) {
    case 'hotp':
      return 'hotp';
    case 'steam':
      return 'steam';
    case 'totp':
      return encoder === 'steam' || looksLikeSteam ? 'steam' : 'totp';
    default:
      throw new OneTimeCodeError('type');
  }
}

function isSteamIssuer(issuer: string): boolean {
  return issuer.toLowerCase() === STEAM_ISSUER.toLowerCase();
}

/** Whether nothing was asked for that Steam Guard is not. */
function isSteamLike(given: {
  readonly algorithm: OneTimeCodeAlgorithm | undefined;
  readonly digits: number | undefined;
  readonly period: number | undefined;
}): boolean {
  return (['algorithm', 'digits', 'period'] as const).every(
    (name) => given[name] === undefined || given[name] === STEAM_GUARD[name],
  );
}

function readAlgorithm(parameters: Parameters): OneTimeCodeAlgorithm | undefined {
  const text = parameters.get('algorithm');
  if (text === undefined) return undefined;
  const algorithm = ALGORITHMS[ALGORITHM_NAME.exec(decodeFormValue(text))?.[1] ?? ''];
  if (algorithm === undefined) throw new OneTimeCodeError('algorithm');
  return algorithm;
}

function requireCounter(parameters: Parameters): number {
  const counter = readNumber(parameters, 'counter');
  // The format requires it: a counter that is guessed would spend the codes of a service's window.
  if (counter === undefined) throw new OneTimeCodeError('counter');
  return counter;
}

/** Undefined when absent. Bounds are the business of `checkOneTimeCode`. */
function readNumber(
  parameters: Parameters,
  name: Extract<OneTimeCodeReason, 'digits' | 'period' | 'counter'>,
): number | undefined {
  const text = parameters.get(name);
  if (text === undefined) return undefined;
  if (!/^[0-9]{1,16}$/.test(text)) throw new OneTimeCodeError(name);
  return Number(text);
}
