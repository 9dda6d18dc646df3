// bcrypt_pbkdf of OpenBSD, the key derivation of encrypted OpenSSH keys: PBKDF2's shape with bcrypt over SHA-512
// digests inside. The rounds are run here, so that others get their turn in between. Sole door to bcrypt-pbkdf.
// SPDX-License-Identifier: MIT

import { hash } from 'node:crypto';
import bcryptPbkdf from 'bcrypt-pbkdf';
import { concatBytes } from '../../shared/bytes.ts';
import { encodeUint32 } from './ssh-wire.ts';

const BLOCK_BYTES = 32;

export interface BcryptParameters {
  readonly salt: Uint8Array;
  /** About 10 ms each for every 32 bytes of key; the caller bounds them. */
  readonly rounds: number;
  /** Bytes of key: 1 to 1024. */
  readonly length: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Borrows `passphrase` until it settles; the caller owns the key. Rejects with the signal's reason when aborted.
 * The tables of the cipher inside stay in memory until they are collected: the package does not erase them.
 */
export async function deriveBcryptKey(
  passphrase: Uint8Array,
  { salt, rounds, length, signal }: BcryptParameters,
): Promise<Uint8Array> {
  const blocks = Math.ceil(length / BLOCK_BYTES);
  if (passphrase.length === 0 || salt.length === 0 || rounds < 1 || length < 1 || blocks > 32) {
    throw new Error('deriveBcryptKey: the caller checks passphrase, salt, rounds and length');
  }
  const digest = sha512(passphrase);
  const key = new Uint8Array(length);
  try {
    for (let block = 0; block < blocks; block += 1) {
      const numbered = concatBytes(salt, encodeUint32(block + 1));
      const output = await deriveBlock(digest, numbered, { rounds, signal });
      // The key is dealt out like cards, byte by byte, so that each block is needed for it.
      for (let index = 0; index * blocks + block < length; index += 1) {
        key[index * blocks + block] = output[index] ?? 0;
      }
      output.fill(0);
    }
    return key;
  } catch (error) {
    key.fill(0);
    throw error;
  } finally {
    digest.fill(0);
  }
}

async function deriveBlock(
  digest: Uint8Array,
  salt: Uint8Array,
  { rounds, signal }: Pick<BcryptParameters, 'rounds' | 'signal'>,
): Promise<Uint8Array> {
  const output = new Uint8Array(BLOCK_BYTES);
  let input = salt;
  for (let round = 0; round < rounds; round += 1) {
    await anotherTurn();
    signal?.throwIfAborted();
    const mixed = new Uint8Array(BLOCK_BYTES);
    bcryptPbkdf.hash(digest, sha512(input), mixed);
    for (let index = 0; index < BLOCK_BYTES; index += 1) {
      output[index] = (output[index] ?? 0) ^ (mixed[index] ?? 0);
    }
    input = mixed;
  }
  return output;
}

function sha512(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(hash('sha512', bytes, 'buffer'));
}

/** Lets everything else that waits for the event loop go first. */
async function anotherTurn(): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
}
