// The parser of pins, as they are and inside a digest that fits, which would refuse nearly all of them.
// SPDX-License-Identifier: MIT

import { sha256 } from '../../../../src/main/crypto/digest.ts';
import { deriveVaultKeys, type VaultRootKey } from '../../../../src/main/crypto/keys.ts';
import { KDF_FLOOR } from '../../../../src/main/crypto/password-kdf.ts';
import { SecretBytes } from '../../../../src/main/crypto/secret-bytes.ts';
import { encodePin, parsePin } from '../../../../src/main/vault/pin.ts';
import { concatBytes } from '../../../../src/shared/bytes.ts';
import { Dice } from '../../dice.ts';
import { bytesTarget, type FuzzTarget } from '../fuzz-target.ts';

export function pinTargets(): readonly FuzzTarget[] {
  const dice = new Dice('fuzz seeds: pins');
  const vaultId = dice.bytes(32);
  using keys = deriveVaultKeys(SecretBytes.take(dice.bytes(32)) as VaultRootKey, vaultId);
  const pin = { vaultId, generation: 3, epoch: 1, lamport: 42, seenAt: 1_790_000_000_000 };
  const seeds = [KDF_FLOOR, null].map((kdf) => encodePin({ ...pin, kdf }, keys.pins));
  return [
    bytesTarget({ name: 'pin', seeds, parse: (input) => parsePin(input, vaultId) }),
    bytesTarget({
      name: 'pin, inside its digest',
      seeds: seeds.map((seed) => seed.slice(0, -32)),
      parse: (input) => parsePin(concatBytes(input, sha256(input)), vaultId),
    }),
  ];
}
