// A RandomSource that gives the same bytes for the same seed: SHA-256 in counter mode. For tests alone.
// SPDX-License-Identifier: MIT

import { sha256 } from '../../src/main/crypto/digest.ts';
import type { RandomSource } from '../../src/main/crypto/random.ts';
import { toUtf8 } from '../../src/shared/bytes.ts';

export function seededRandom(seed: string): RandomSource {
  let counter = 0;
  return {
    bytes(length) {
      const bytes = new Uint8Array(length);
      for (let offset = 0; offset < length; offset += 32) {
        counter += 1;
        const block = sha256(toUtf8(`${seed}/${String(counter)}`));
        bytes.set(block.subarray(0, Math.min(32, length - offset)), offset);
      }
      return bytes;
    },
  };
}
