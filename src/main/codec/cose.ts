// COSE keys (RFC 9052, section 7; RFC 9053) as WebAuthn uses them (Level 3, section 6.5.1.1), and the one table
// of algorithms: everything else says `ES256`, only this file says -7. A new algorithm is a new row.
// SPDX-License-Identifier: MIT

import { concatBytes } from '../../shared/bytes.ts';
import { encodeCbor, parseCbor, type CborMap, type CborValue } from './cbor.ts';
import { CodecError } from './codec-error.ts';

/** Identifiers of the IANA registries "COSE Algorithms", "COSE Key Types" and "COSE Elliptic Curves". */
export const COSE_ALGORITHMS = {
  ES256: { identifier: -7, kty: 'EC2', crv: 1, coordinateLength: 32 },
} as const;

export type CoseAlgorithmName = keyof typeof COSE_ALGORITHMS;

const KEY_TYPE = { EC2: 2 } as const;
const LABEL = { kty: 1, alg: 3, crv: -1, x: -2, y: -3 } as const;
/** SEC 1, section 2.3.3: the first byte of an uncompressed point. */
const UNCOMPRESSED = 0x04;

/** A public key with two coordinates, each as long as the curve's field. */
export interface Ec2Key {
  readonly kty: 'EC2';
  readonly algorithm: CoseAlgorithmName;
  readonly x: Uint8Array;
  readonly y: Uint8Array;
}

export type CoseKey = Ec2Key;

/** The name of a COSEAlgorithmIdentifier, or `null` when we do not know it. */
export function toAlgorithmName(identifier: number): CoseAlgorithmName | null {
  const names = Object.keys(COSE_ALGORITHMS) as CoseAlgorithmName[];
  return names.find((name) => COSE_ALGORITHMS[name].identifier === identifier) ?? null;
}

/** Throws `CodecError` unless `name` is an algorithm of the table. */
export function assertCoseAlgorithm(name: string): asserts name is CoseAlgorithmName {
  if (!Object.hasOwn(COSE_ALGORITHMS, name)) {
    throw new CodecError('COSE: an algorithm that we do not know');
  }
}

/** The COSEAlgorithmIdentifier of `name`. */
export function toAlgorithmIdentifier(name: CoseAlgorithmName): number {
  return COSE_ALGORITHMS[name].identifier;
}

/** The COSE_Key in `bytes`: exactly the labels that its algorithm demands. Throws `CodecError`. */
export function parseCoseKey(bytes: Uint8Array): CoseKey {
  return fromCoseMap(parseCbor(bytes));
}

/** The COSE_Key in an already parsed CBOR value. Throws `CodecError`. */
export function fromCoseMap(value: CborValue): CoseKey {
  if (!(value instanceof Map)) throw new CodecError('COSE key: expected a map');
  const map = value as CborMap;
  const identifier = map.get(LABEL.alg);
  const algorithm = typeof identifier === 'number' ? toAlgorithmName(identifier) : null;
  if (algorithm === null) throw new CodecError('COSE key: an algorithm that we do not know');
  const row = COSE_ALGORITHMS[algorithm];
  if (map.get(LABEL.kty) !== KEY_TYPE[row.kty] || map.get(LABEL.crv) !== row.crv) {
    throw new CodecError(`COSE key: key type or curve do not belong to ${algorithm}`);
  }
  if (map.size !== Object.keys(LABEL).length) {
    throw new CodecError(`COSE key: expected 5 labels, got ${map.size}`);
  }
  const length = row.coordinateLength;
  return {
    kty: row.kty,
    algorithm,
    x: toCoordinate(map.get(LABEL.x), length),
    y: toCoordinate(map.get(LABEL.y), length),
  };
}

/** The canonical COSE_Key of `key`. */
export function encodeCoseKey(key: CoseKey): Uint8Array<ArrayBuffer> {
  const row = COSE_ALGORITHMS[key.algorithm];
  return encodeCbor(
    new Map<number, CborValue>([
      [LABEL.kty, KEY_TYPE[row.kty]],
      [LABEL.alg, row.identifier],
      [LABEL.crv, row.crv],
      [LABEL.x, toCoordinate(key.x, row.coordinateLength)],
      [LABEL.y, toCoordinate(key.y, row.coordinateLength)],
    ]),
  );
}

/** The key of an uncompressed SEC 1 point. Throws `CodecError`; whether it lies on the curve is not checked. */
export function fromUncompressedPoint(algorithm: CoseAlgorithmName, point: Uint8Array): CoseKey {
  const { kty, coordinateLength } = COSE_ALGORITHMS[algorithm];
  if (point.length !== 1 + 2 * coordinateLength || point[0] !== UNCOMPRESSED) {
    throw new CodecError(`EC point: expected ${1 + 2 * coordinateLength} uncompressed bytes`);
  }
  return {
    kty,
    algorithm,
    x: point.slice(1, 1 + coordinateLength),
    y: point.slice(1 + coordinateLength),
  };
}

/** SEC 1, section 2.3.3: `04 ‖ x ‖ y`. */
export function toUncompressedPoint(key: CoseKey): Uint8Array<ArrayBuffer> {
  return concatBytes(Uint8Array.of(UNCOMPRESSED), key.x, key.y);
}

function toCoordinate(value: CborValue | undefined, length: number): Uint8Array {
  if (!(value instanceof Uint8Array) || value.length !== length) {
    throw new CodecError(`COSE key: expected a coordinate of ${length} bytes`);
  }
  return value;
}
