// PrivateKeyInfo (PKCS#8, RFC 5958), RSAPrivateKey (PKCS#1, RFC 8017) and ECPrivateKey (SEC 1, RFC 5915) to key
// material and back. Whether the numbers belong together is not asked here: see `assertSound`.
// SPDX-License-Identifier: MIT

import { concatBytes, equalBytes, fromHex } from '../../shared/bytes.ts';
import { DER_TAG, DerReader, encodeDer, encodeDerInteger } from './der-value.ts';
import { deriveEcPoint, deriveEd25519PublicKey } from './derive-public-key.ts';
import {
  EC_CURVES,
  ED25519_BYTES,
  type EcCurve,
  type EcdsaMaterial,
  type KeyMaterial,
  type RsaMaterial,
} from './key-material.ts';
import { crtExponents } from './rsa-numbers.ts';
import { damaged, unsupported } from './ssh-key-error.ts';

const ALGORITHM = {
  rsa: '2a864886f70d010101',
  ec: '2a8648ce3d0201',
  ed25519: '2b6570',
} as const;
const EC_PRIVATE_KEY_VERSION = 1;
const TWO_PRIMES = 0;
const MORE_PRIMES = 1;
const NULL = encodeDer(DER_TAG.null);

/** Throws `SshKeyError`. */
export function parsePkcs8(der: Uint8Array): KeyMaterial {
  const outer = new DerReader(der, 'PKCS#8');
  const info = outer.enter();
  outer.end();
  const version = info.number();
  if (version > 1) throw damaged(`PKCS#8: expected version 0 or 1, got ${version}`);
  const algorithm = info.enter();
  const oid = algorithm.oid();
  const privateKey = info.read(DER_TAG.octetString);
  // Attributes say nothing about the key itself.
  if (info.isNext(DER_TAG.context0)) info.read(DER_TAG.context0);
  const publicKey = info.isNext(DER_TAG.implicit1) ? info.bitString(DER_TAG.implicit1) : null;
  info.end();
  if ((publicKey !== null) !== (version === 1)) {
    throw damaged(`PKCS#8: version ${version} does not fit its public key`);
  }
  return parseAlgorithm(oid, algorithm, { privateKey, publicKey });
}

function parseAlgorithm(
  oid: string,
  algorithm: DerReader,
  keys: { readonly privateKey: Uint8Array; readonly publicKey: Uint8Array | null },
): KeyMaterial {
  if (oid === ALGORITHM.ed25519) {
    algorithm.end();
    return parseEd25519(keys.privateKey, keys.publicKey);
  }
  if (oid === ALGORITHM.rsa) {
    if (algorithm.read(DER_TAG.null).length > 0) throw damaged('PKCS#8: expected an empty NULL');
    algorithm.end();
    return parsePkcs1(keys.privateKey);
  }
  if (oid === ALGORITHM.ec) {
    const curve = readCurve(algorithm);
    algorithm.end();
    return parseSec1(keys.privateKey, curve);
  }
  throw unsupported('key-type', 'PKCS#8: expected an RSA, ECDSA or Ed25519 key');
}

/** CurvePrivateKey of RFC 8410: an OCTET STRING within the OCTET STRING. */
function parseEd25519(privateKey: Uint8Array, stated: Uint8Array | null): KeyMaterial {
  const reader = new DerReader(privateKey, 'Ed25519 key');
  const seed = reader.read(DER_TAG.octetString);
  reader.end();
  if (seed.length !== ED25519_BYTES) {
    throw damaged(`Ed25519 key: expected ${ED25519_BYTES} bytes, got ${seed.length}`);
  }
  const publicKey = deriveEd25519PublicKey(seed);
  if (stated !== null && !equalBytes(stated, publicKey)) {
    throw damaged('Ed25519 key: its public key is that of another key');
  }
  return { kind: 'ed25519', seed, publicKey };
}

/** Throws `SshKeyError`. */
export function parsePkcs1(der: Uint8Array): RsaMaterial {
  const outer = new DerReader(der, 'RSA key');
  const key = outer.enter();
  outer.end();
  const version = key.number();
  if (version === MORE_PRIMES) throw unsupported('key-type', 'RSA key: of more than two primes');
  if (version !== TWO_PRIMES) throw damaged(`RSA key: expected version 0, got ${version}`);
  const [n, e, d] = [key.unsigned(), key.unsigned(), key.unsigned()];
  const [p, q] = [key.unsigned(), key.unsigned()];
  const [dp, dq, iqmp] = [key.unsigned(), key.unsigned(), key.unsigned()];
  key.end();
  const material: RsaMaterial = { kind: 'rsa', n, e, d, iqmp, p, q };
  const expected = crtExponents(material);
  if (!equalBytes(dp, expected.dp) || !equalBytes(dq, expected.dq)) {
    throw damaged('RSA key: its exponents do not belong together');
  }
  return material;
}

/** `outerCurve` is what the PKCS#8 around it says; alone, the key names its curve itself. */
export function parseSec1(der: Uint8Array, outerCurve: EcCurve | null = null): EcdsaMaterial {
  const outer = new DerReader(der, 'EC key');
  const key = outer.enter();
  outer.end();
  const version = key.number();
  if (version !== EC_PRIVATE_KEY_VERSION) {
    throw damaged(`EC key: expected version 1, got ${version}`);
  }
  const scalar = key.read(DER_TAG.octetString);
  const innerCurve = key.isNext(DER_TAG.context0) ? enterCurve(key) : outerCurve;
  const publicKey = key.isNext(DER_TAG.context1) ? enterPublicKey(key) : null;
  key.end();
  if (innerCurve === null || (outerCurve !== null && outerCurve !== innerCurve)) {
    throw damaged('EC key: does not say one curve');
  }
  const { scalarBytes } = EC_CURVES[innerCurve];
  if (scalar.length !== scalarBytes) {
    throw damaged(`EC key: expected ${scalarBytes} bytes, got ${scalar.length}`);
  }
  const point = deriveEcPoint(innerCurve, scalar);
  if (publicKey !== null && !equalBytes(publicKey, point.uncompressed)) {
    if (!equalBytes(publicKey, point.compressed)) {
      throw damaged('EC key: its public key is that of another key');
    }
  }
  return { kind: 'ecdsa', curve: innerCurve, scalar, point: point.uncompressed };
}

function enterCurve(key: DerReader): EcCurve {
  const parameters = key.enter(DER_TAG.context0);
  const curve = readCurve(parameters);
  parameters.end();
  return curve;
}

function enterPublicKey(key: DerReader): Uint8Array {
  const field = key.enter(DER_TAG.context1);
  const publicKey = field.bitString();
  field.end();
  return publicKey;
}

function readCurve(parameters: DerReader): EcCurve {
  // Curves spelt out instead of named have been used to forge keys; nothing for SSH writes them.
  if (!parameters.isNext(DER_TAG.oid)) throw unsupported('curve', 'EC key: expected a named curve');
  const oid = parameters.oid();
  const curves = Object.keys(EC_CURVES) as readonly EcCurve[];
  const curve = curves.find((name) => EC_CURVES[name].oid === oid);
  if (curve === undefined) {
    throw unsupported('curve', 'EC key: expected the curve P-256, P-384 or P-521');
  }
  return curve;
}

/** PrivateKeyInfo in version 0, which every program reads. The caller erases it. */
export function encodePkcs8(material: KeyMaterial): Uint8Array {
  switch (material.kind) {
    case 'ed25519': {
      const privateKey = encodeDer(DER_TAG.octetString, material.seed);
      return encodeInfo(encodeOid(ALGORITHM.ed25519), privateKey);
    }
    case 'rsa':
      return encodeInfo(concatBytes(encodeOid(ALGORITHM.rsa), NULL), encodePkcs1(material));
    case 'ecdsa': {
      const curve = encodeOid(EC_CURVES[material.curve].oid);
      return encodeInfo(concatBytes(encodeOid(ALGORITHM.ec), curve), encodeEcPrivateKey(material));
    }
  }
}

/** Erases `privateKey`. */
function encodeInfo(algorithm: Uint8Array, privateKey: Uint8Array): Uint8Array {
  const field = encodeDer(DER_TAG.octetString, privateKey);
  const version = encodeDerInteger(Uint8Array.of(0));
  const info = encodeDer(DER_TAG.sequence, version, encodeDer(DER_TAG.sequence, algorithm), field);
  privateKey.fill(0);
  field.fill(0);
  return info;
}

function encodePkcs1(material: RsaMaterial): Uint8Array {
  const { n, e, d, p, q, iqmp } = material;
  const { dp, dq } = crtExponents(material);
  const numbers = [Uint8Array.of(TWO_PRIMES), n, e, d, p, q, dp, dq, iqmp].map(encodeDerInteger);
  const key = encodeDer(DER_TAG.sequence, ...numbers);
  for (const secret of [dp, dq, ...numbers]) secret.fill(0);
  return key;
}

/** Inside PKCS#8 the curve is said once, outside. */
function encodeEcPrivateKey({ scalar, point }: EcdsaMaterial): Uint8Array {
  const privateKey = encodeDer(DER_TAG.octetString, scalar);
  const bits = encodeDer(DER_TAG.bitString, Uint8Array.of(0), point);
  const key = encodeDer(
    DER_TAG.sequence,
    encodeDerInteger(Uint8Array.of(EC_PRIVATE_KEY_VERSION)),
    privateKey,
    encodeDer(DER_TAG.context1, bits),
  );
  privateKey.fill(0);
  return key;
}

function encodeOid(content: string): Uint8Array {
  return encodeDer(DER_TAG.oid, fromHex(content));
}
