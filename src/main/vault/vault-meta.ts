// The meta object of a vault: its genesis statement, its name and, until devices have files of their own, the id of
// the device that writes it. Sealed under K_meta, padded like everything else.
// SPDX-License-Identifier: MIT

import { z } from 'zod';
import type { DeviceId } from '../../shared/brand.ts';
import { fromBase64Url, fromUtf8, toBase64Url, toUtf8 } from '../../shared/bytes.ts';
import { toCanonicalJson } from '../../shared/canonical-json.ts';
import type { Aead } from '../crypto/aead.ts';
import type { MetaKey } from '../crypto/keys.ts';
import { pad, unpad } from '../crypto/padding.ts';
import type { RandomSource } from '../crypto/random.ts';
import { encodeAad } from './aad.ts';
import { encodeGenesis, type Genesis, parseGenesis } from './genesis.ts';
import type { Revision } from './sealed-item.ts';
import { VaultError } from './vault-error.ts';
import type { SealedObject } from './vault-store.ts';

const META_SCHEMA = 1;

export interface VaultMeta {
  readonly genesis: Genesis;
  readonly deviceId: DeviceId;
  readonly name: string;
}

const metaShape = z.strictObject({
  genesis: z.string(),
  deviceId: z.string().regex(/^[0-9a-f]{32}$/),
  name: z.string(),
});

/** The vault and key that a vault's own object is sealed for. */
export interface ObjectSeal {
  readonly aead: Aead;
  readonly key: MetaKey;
  readonly vaultId: Uint8Array;
  readonly epoch: number;
}

export function sealMeta(
  meta: VaultMeta,
  seal: ObjectSeal,
  input: { readonly revision: Revision; readonly random: RandomSource },
): SealedObject {
  const { genesis, deviceId, name } = meta;
  const json = toCanonicalJson({ genesis: toBase64Url(encodeGenesis(genesis)), deviceId, name });
  const { revision, random } = input;
  const sealed = seal.aead.seal(seal.key, {
    plaintext: pad(toUtf8(json)),
    aad: encodeMetaAad(seal, revision),
    random,
  });
  return { revision, epoch: seal.epoch, sealed };
}

/** Throws `vault/corrupt`. */
export function openMeta(object: SealedObject, seal: ObjectSeal): VaultMeta {
  try {
    const aad = encodeMetaAad(seal, object.revision);
    const json = unpad(seal.aead.open(seal.key, { sealed: object.sealed, aad }));
    const { genesis, deviceId, name } = metaShape.parse(JSON.parse(fromUtf8(json)));
    return {
      genesis: parseGenesis(fromBase64Url(genesis)),
      deviceId: deviceId as DeviceId,
      name,
    };
  } catch {
    // The reason may quote what was read, so it is not kept as cause.
    throw new VaultError('vault/corrupt', 'vault meta object: does not open', {
      details: { object: 'meta' },
    });
  }
}

function encodeMetaAad(seal: ObjectSeal, revision: Revision): Uint8Array<ArrayBuffer> {
  return encodeAad({
    vaultId: seal.vaultId,
    epoch: seal.epoch,
    objectType: 'meta',
    itemId: null,
    role: 'meta',
    revision,
    schema: META_SCHEMA,
  });
}
