// Parsers of the vault room: header, slot, genesis, item bodies, padding.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../../../src/shared/brand.ts';
import { concatBytes } from '../../../../src/shared/bytes.ts';
import { pad, unpad } from '../../../../src/main/crypto/padding.ts';
import {
  encodeKdfBlock,
  KDF_FLOOR,
  parseKdfBlock,
} from '../../../../src/main/crypto/password-kdf.ts';
import { FixedWidthReader } from '../../../../src/main/vault/fixed-width.ts';
import { encodeGenesis, parseGenesis } from '../../../../src/main/vault/genesis.ts';
import { decodeItem, encodeItem, ITEM_SCHEMA } from '../../../../src/main/vault/item-codec.ts';
import {
  encodeSlot,
  parseSlot,
  slotTypeOf,
  splitSlot,
} from '../../../../src/main/vault/key-slot.ts';
import { parseHeader } from '../../../../src/main/vault/vault-header.ts';
import { loginItem, passkeyItem } from '../../../support/canary-items.ts';
import { MemoryVaultStore } from '../../../support/memory-vault-store.ts';
import { createTestVault } from '../../../support/vault-fixture.ts';
import { vaultTools } from '../../../support/vault-tools.ts';
import { Dice } from '../../dice.ts';
import { bytesTarget, type FuzzTarget } from '../fuzz-target.ts';

const ID = 'ab'.repeat(16) as ItemId;
const JSON_TOKENS = ['null', '"', '\\', '{}', '[', '"kind":"passkey"', '"__proto__":', '1e999'];

export async function vaultTargets(): Promise<readonly FuzzTarget[]> {
  const dice = new Dice('fuzz seeds: vault');
  const header = await sampleHeader();
  const slots = parseHeader(header).slots.map(encodeSlot);
  const bodies = [encodeItem(loginItem(ID), null), encodeItem(passkeyItem(ID), dice.bytes(178))];
  return [
    bytesTarget({ name: 'vault header', seeds: [header], tokens: slots, parse: parseHeader }),
    bytesTarget({
      name: 'key slot',
      seeds: slots,
      parse: (input) => {
        const reader = new FixedWidthReader(input);
        const parts = splitSlot(reader);
        reader.end();
        const type = slotTypeOf(parts.code);
        return type === null ? null : parseSlot(type, parts);
      },
      throwsTypeError: true,
    }),
    bytesTarget({
      name: 'KDF block',
      seeds: [encodeKdfBlock(KDF_FLOOR)],
      parse: parseKdfBlock,
    }),
    bytesTarget({
      name: 'genesis',
      seeds: [encodeGenesis({ nonce: dice.bytes(32), createdAt: 1_790_000_000_000 })],
      parse: parseGenesis,
      throwsTypeError: true,
    }),
    bytesTarget({
      name: 'item body',
      seeds: bodies,
      tokens: JSON_TOKENS,
      parse: (input) => decodeItem(ID, ITEM_SCHEMA, input),
    }),
    bytesTarget({
      // Padded afresh, or the padding would refuse nearly all of them.
      name: 'item body, inside its padding',
      seeds: bodies.map((body) => concatBytes(unpad(body))),
      tokens: JSON_TOKENS,
      parse: (input) => decodeItem(ID, ITEM_SCHEMA, pad(input)),
    }),
    bytesTarget({ name: 'padding', seeds: bodies, parse: unpad, throwsTypeError: true }),
  ];
}

async function sampleHeader(): Promise<Uint8Array> {
  const store = new MemoryVaultStore();
  const vault = await createTestVault(store, vaultTools('fuzz seeds: header'));
  const { header } = store.loadContents();
  vault.close();
  return header;
}
