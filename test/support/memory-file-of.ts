// Plain rows of the second implementation as what lies in a MemoryVaultStore.
// SPDX-License-Identifier: MIT

import { type ObjectRole, OBJECT_ROLES } from '../../src/main/vault/vault-store.ts';
import { ROLES } from '../../src/main/vault/aad.ts';
import type { DeviceId, ItemId } from '../../src/shared/brand.ts';
import type { Vault } from './independent/rows.ts';
import type { MemoryVaultFile } from './memory-vault-store.ts';

export function memoryFileOf(vault: Vault): MemoryVaultFile {
  const at = ({ lamport, deviceId }: { lamport: number; deviceId: string }) => ({
    revision: { lamport, deviceId: deviceId as DeviceId },
  });
  return {
    header: vault.header,
    objects: vault.objects.flatMap((row) => {
      const role = knownRole(row.role);
      return role === undefined ? [] : [{ ...at(row), role, epoch: row.epoch, sealed: row.sealed }];
    }),
    unknown: vault.objects
      .filter(({ role }) => knownRole(role) === undefined)
      .map((row) => ({ ...at(row), role: row.role, epoch: row.epoch, sealed: row.sealed })),
    packs: vault.packs.map((row) => ({
      ...at(row),
      ...{ number: row.number, epoch: row.epoch, sealed: row.sealed },
    })),
    keys: vault.wraps.map((row) => ({
      ...{ id: row.itemId as ItemId, version: row.version, deviceId: row.deviceId as DeviceId },
      ...{ epoch: row.epoch, itemKey: row.itemKey, passkeyKey: row.passkeyKey },
    })),
    bodies: vault.items.map((row) => ({
      ...at(row),
      ...{ id: row.itemId as ItemId, schema: row.schema },
      ...{ keyVersion: row.keyVersion, keyDevice: row.keyDevice as DeviceId, body: row.body },
    })),
    attachments: vault.attachments.map((row) => ({
      ...at(row),
      ...{ id: row.attachmentId, itemId: row.itemId as ItemId, number: row.number },
      ...{ keyVersion: row.keyVersion, keyDevice: row.keyDevice as DeviceId, sealed: row.sealed },
    })),
    chunks: new Map(
      vault.chunks.map(({ id, sealed }) => [
        `${String(Math.floor(id / 2 ** 18))}/${String(id % 2 ** 18)}`,
        sealed,
      ]),
    ),
  };
}

function knownRole(code: number): ObjectRole | undefined {
  return OBJECT_ROLES.find((one) => ROLES[one] === code);
}
