// Argon2id version 1.3 (RFC 9106) from a password, its parameters and their bounds. Sole door to `argon2`.
// Parameters come from files that others may have written: they are checked before any work is done.
// SPDX-License-Identifier: MIT

import { argon2id as ARGON2ID, hash } from 'argon2';
import { CryptoError } from './crypto-error.ts';
import { SecretBytes } from './secret-bytes.ts';

export interface KdfParameters {
  readonly memoryKib: number;
  readonly passes: number;
  readonly lanes: number;
}

export const DEFAULT_KDF: KdfParameters = { memoryKib: 256 * 1024, passes: 3, lanes: 4 };

/** Nothing cheaper is ever accepted, whoever wrote the file. */
export const KDF_FLOOR: KdfParameters = { memoryKib: 64 * 1024, passes: 3, lanes: 1 };

/** Nothing dearer is tried: a hostile file must not be able to hang or starve the machine. */
export const KDF_CEILING: KdfParameters = { memoryKib: 1024 * 1024, passes: 16, lanes: 8 };

/** Memory times passes, in KiB: 4 GiB. */
export const KDF_WORK_CEILING_KIB = 4 * 1024 * 1024;

export const KDF_BLOCK_BYTES = 14;
export const KDF_SALT_BYTES = 16;
const DERIVED_BYTES = 32;
const ALGORITHM_ARGON2ID = 2;
const VERSION_1_3 = 0x13;

/** Derives 32 bytes from a password. Tests hand in a quick one. */
export type PasswordKdf = (
  password: SecretBytes,
  salt: Uint8Array,
  parameters: KdfParameters,
) => Promise<SecretBytes>;

/** Throws `crypto/parameters-refused` unless floor ≤ `parameters` ≤ ceiling, all of them whole numbers. */
export function assertKdfWithinBounds(parameters: KdfParameters): void {
  for (const name of ['memoryKib', 'passes', 'lanes'] as const) {
    const value = parameters[name];
    const floor = KDF_FLOOR[name];
    const ceiling = KDF_CEILING[name];
    if (!Number.isInteger(value) || value < floor || value > ceiling) {
      throw new CryptoError(
        'crypto/parameters-refused',
        `Argon2id ${name}: expected ${floor} to ${ceiling}, got ${value}`,
        { details: { parameter: name, value } },
      );
    }
  }
  const work = parameters.memoryKib * parameters.passes;
  if (work > KDF_WORK_CEILING_KIB) {
    throw new CryptoError(
      'crypto/parameters-refused',
      `Argon2id memory times passes: expected at most ${KDF_WORK_CEILING_KIB} KiB, got ${work}`,
      { details: { parameter: 'work', value: work } },
    );
  }
}

/** Whether it takes less work, memory times passes, to try a password against `a` than against `b`. */
export function costsLess(a: KdfParameters, b: KdfParameters): boolean {
  return a.memoryKib * a.passes < b.memoryKib * b.passes;
}

/** Canonical form: `algorithm u8 (2) ‖ version u8 (0x13) ‖ memoryKib u32 ‖ passes u32 ‖ lanes u32`. */
export function encodeKdfBlock(parameters: KdfParameters): Uint8Array<ArrayBuffer> {
  const block = new Uint8Array(KDF_BLOCK_BYTES);
  const view = new DataView(block.buffer);
  view.setUint8(0, ALGORITHM_ARGON2ID);
  view.setUint8(1, VERSION_1_3);
  view.setUint32(2, parameters.memoryKib);
  view.setUint32(6, parameters.passes);
  view.setUint32(10, parameters.lanes);
  return block;
}

/** Reads a block without judging its cost; an unknown algorithm or version is refused. */
export function parseKdfBlock(block: Uint8Array): KdfParameters {
  if (block.length !== KDF_BLOCK_BYTES) {
    throw new CryptoError(
      'crypto/parameters-refused',
      `KDF block: expected ${KDF_BLOCK_BYTES} bytes, got ${block.length}`,
      { details: { parameter: 'length', value: block.length } },
    );
  }
  const view = new DataView(block.buffer, block.byteOffset, block.length);
  const algorithm = view.getUint8(0);
  const version = view.getUint8(1);
  if (algorithm !== ALGORITHM_ARGON2ID || version !== VERSION_1_3) {
    throw new CryptoError(
      'crypto/parameters-refused',
      `KDF block: expected algorithm 2 version 19, got ${algorithm} version ${version}`,
      { details: { parameter: 'algorithm', value: algorithm } },
    );
  }
  return {
    memoryKib: view.getUint32(2),
    passes: view.getUint32(6),
    lanes: view.getUint32(10),
  };
}

/** The raw function of RFC 9106, without our bounds: for `derivePasswordKey` and for known answers. */
export async function argon2id(
  password: Uint8Array,
  input: {
    readonly salt: Uint8Array;
    readonly parameters: KdfParameters;
    readonly secret?: Uint8Array;
    readonly associatedData?: Uint8Array;
  },
): Promise<Uint8Array<ArrayBuffer>> {
  const { salt, parameters, secret, associatedData } = input;
  const derived = await hash(viewAsBuffer(password), {
    raw: true,
    type: ARGON2ID,
    version: VERSION_1_3,
    hashLength: DERIVED_BYTES,
    salt: viewAsBuffer(salt),
    memoryCost: parameters.memoryKib,
    timeCost: parameters.passes,
    parallelism: parameters.lanes,
    ...(secret === undefined ? {} : { secret: viewAsBuffer(secret) }),
    ...(associatedData === undefined ? {} : { associatedData: viewAsBuffer(associatedData) }),
  });
  const owned = Uint8Array.from(derived);
  derived.fill(0);
  return owned;
}

/** Argon2id within our bounds, on the thread pool. Borrows the password; the caller owns the result. */
export const derivePasswordKey: PasswordKdf = async (password, salt, parameters) => {
  assertKdfWithinBounds(parameters);
  if (salt.length !== KDF_SALT_BYTES) {
    throw new Error(`derivePasswordKey: salts have ${KDF_SALT_BYTES} bytes, got ${salt.length}`);
  }
  return SecretBytes.take(await password.use((bytes) => argon2id(bytes, { salt, parameters })));
};

/** No copy: the package makes one of its own, which only the end of the process erases. */
function viewAsBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
