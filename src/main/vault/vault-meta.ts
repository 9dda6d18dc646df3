// The meta object of a vault: its genesis statement and, until devices have files of their own, the id of the device
// that writes it.
// SPDX-License-Identifier: MIT

import { z } from 'zod';
import type { DeviceId } from '../../shared/brand.ts';
import { fromBase64Url, toBase64Url } from '../../shared/bytes.ts';
import { pad, unpad } from '../crypto/padding.ts';
import { encodeGenesis, type Genesis, parseGenesis } from './genesis.ts';
import type { ObjectSealer } from './object-sealer.ts';
import type { Revision } from './sealed-item.ts';
import { readJson, writeJson } from './strict-json.ts';
import { VaultError } from './vault-error.ts';
import type { SealedObject } from './vault-store.ts';

export interface VaultMeta {
  readonly genesis: Genesis;
  readonly deviceId: DeviceId;
}

const shape = z.strictObject({
  genesis: z.string(),
  deviceId: z.string().regex(/^[0-9a-f]{32}$/),
});

export function sealMeta(meta: VaultMeta, sealer: ObjectSealer, revision: Revision): SealedObject {
  const { genesis, deviceId } = meta;
  const json = writeJson({ genesis: toBase64Url(encodeGenesis(genesis)), deviceId });
  return sealer.seal('meta', revision, pad(json));
}

/** Throws `vault/corrupt`. */
export function openMeta(object: SealedObject, sealer: ObjectSealer): VaultMeta {
  try {
    const content = unpad(sealer.open(object));
    const { genesis, deviceId } = readJson(content, (value) => shape.parse(value));
    return { genesis: parseGenesis(fromBase64Url(genesis)), deviceId: deviceId as DeviceId };
  } catch {
    // The reason may quote what was read, so it is not kept as cause.
    throw new VaultError('vault/corrupt', 'vault meta object: does not open', {
      details: { object: 'meta' },
    });
  }
}
