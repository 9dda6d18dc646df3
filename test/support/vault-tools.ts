// What a vault in a test works with: randomness from a seed, a clock turned by hand, a password KDF that costs nothing.
// SPDX-License-Identifier: MIT

import { hkdfSha256 } from '../../src/main/crypto/digest.ts';
import { encodeKdfBlock } from '../../src/main/crypto/password-kdf.ts';
import type { KdfParameters, PasswordKdf } from '../../src/main/crypto/password-kdf.ts';
import { SecretBytes } from '../../src/main/crypto/secret-bytes.ts';
import { HandClock } from './hand-clock.ts';
import { seededRandom } from './seeded-random.ts';

/** Stands in for Argon2id where a test makes thousands of attempts; keeps count, depends on all of its inputs. */
export class QuickKdf {
  readonly runs: KdfParameters[] = [];

  readonly derive: PasswordKdf = (password, salt, parameters) => {
    this.runs.push(parameters);
    const info = encodeKdfBlock(parameters);
    return Promise.resolve(
      SecretBytes.take(password.use((bytes) => hkdfSha256(bytes, { salt, info, length: 32 }))),
    );
  };
}

export interface VaultTools {
  readonly random: ReturnType<typeof seededRandom>;
  readonly clock: HandClock;
  readonly kdf: QuickKdf;
}

export function vaultTools(seed: string): VaultTools {
  return { random: seededRandom(seed), clock: new HandClock(), kdf: new QuickKdf() };
}
