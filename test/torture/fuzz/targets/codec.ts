// Parsers of the codec room: CBOR, COSE keys, DER.
// SPDX-License-Identifier: MIT

import { fromHex } from '../../../../src/shared/bytes.ts';
import { encodeCbor, parseCbor, type CborValue } from '../../../../src/main/codec/cbor.ts';
import { encodeCoseKey, parseCoseKey } from '../../../../src/main/codec/cose.ts';
import {
  encodeEcdsaSignature,
  encodeSubjectPublicKeyInfo,
  parseEcdsaSignature,
  parseSubjectPublicKeyInfo,
} from '../../../../src/main/codec/der.ts';
import { Dice } from '../../dice.ts';
import { bytesTarget, type FuzzTarget } from '../fuzz-target.ts';

const dice = new Dice('fuzz seeds: codec');
const key = {
  kty: 'EC2',
  algorithm: 'ES256',
  x: dice.bytes(32),
  y: dice.bytes(32),
} as const;

const values: readonly CborValue[] = [
  ...[0, 23, 24, 255, 65_536, -1, -500, 2n ** 60n, true, null, 'text', dice.bytes(40)],
  [1, [2, [3, ['four']]]],
  new Map<number | string, CborValue>([
    [1, 'one'],
    [-1, dice.bytes(8)],
    ['fmt', 'none'],
    ['attStmt', new Map<string, CborValue>()],
  ]),
];
const heads = [
  '5f',
  '9f',
  'bf',
  'ff',
  '1bffffffffffffffff',
  '9affffffff',
  'baffffffff',
  'fb',
  'c0',
];

export const codecTargets: readonly FuzzTarget[] = [
  bytesTarget({
    name: 'CBOR',
    seeds: values.map(encodeCbor),
    tokens: heads.map(fromHex),
    parse: parseCbor,
  }),
  bytesTarget({
    name: 'COSE key',
    seeds: [encodeCoseKey(key)],
    tokens: heads.map(fromHex),
    parse: parseCoseKey,
  }),
  bytesTarget({
    name: 'DER: ECDSA signature',
    seeds: [32, 32, 32].map((length) => encodeEcdsaSignature(dice.bytes(length * 2))),
    parse: (input) => parseEcdsaSignature(input, 32),
  }),
  bytesTarget({
    name: 'DER: public key',
    seeds: [encodeSubjectPublicKeyInfo(key)],
    parse: parseSubjectPublicKeyInfo,
  }),
];
