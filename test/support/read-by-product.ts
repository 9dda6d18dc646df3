// A vault read by the product, in the words of the second implementation (test/support/independent/read.ts), so that
// what the two say of one file can be compared as one object.
// SPDX-License-Identifier: MIT

import { sha256 } from '../../src/main/crypto/digest.ts';
import type { PasswordKdf } from '../../src/main/crypto/password-kdf.ts';
import { SecretBytes } from '../../src/main/crypto/secret-bytes.ts';
import type { ItemOverview } from '../../src/main/vault/item-overview.ts';
import type { Item } from '../../src/main/vault/item.ts';
import { digestKeyFile, type UnlockSecret } from '../../src/main/vault/slot-secret.ts';
import type { UnlockedVault } from '../../src/main/vault/unlocked-vault.ts';
import { VaultError } from '../../src/main/vault/vault-error.ts';
import { unlockVault } from '../../src/main/vault/vault.ts';
import type { VaultStore } from '../../src/main/vault/vault-store.ts';
import type { ItemId } from '../../src/shared/brand.ts';
import { toBase64Url, toHex } from '../../src/shared/bytes.ts';
import { HandClock } from './hand-clock.ts';
import { type Secret, SLOT } from './independent/header.ts';
import type { Contents, Failure, FoundItem, Outcome } from './independent/read.ts';
import type { Overview, Rec } from './independent/shapes.ts';
import { seededRandom } from './seeded-random.ts';

export function toUnlockSecret(secret: Secret): UnlockSecret {
  const password = SecretBytes.take(Uint8Array.from(secret.password ?? []));
  if (secret.type === SLOT.recovery) {
    const key = SecretBytes.take(Uint8Array.from(secret.recoveryKey ?? []));
    return { type: 'recovery', key };
  }
  if (secret.type === SLOT.password) return { type: 'password', password };
  const keyFile = digestKeyFile(secret.keyFile ?? new Uint8Array(0));
  return { type: 'password-key-file', password, keyFile };
}

/** Owns the store that `openStore` gives. */
export async function readByProduct(
  openStore: () => VaultStore,
  secret: Secret,
  deriveKey: PasswordKdf,
): Promise<Outcome> {
  let store: VaultStore | null = null;
  try {
    store = openStore();
    const random = seededRandom('reader');
    const options = { secret: toUnlockSecret(secret), random, clock: new HandClock(), deriveKey };
    const vault = await unlockVault(store, options);
    if (vault === 'wrong-password') {
      return { refused: { code: 'vault/wrong-password', step: 'slot' } };
    }
    return { opened: contentsOf(vault, store) };
  } catch (error) {
    return { refused: toFailure(error) };
  } finally {
    store?.close();
  }
}

function contentsOf(vault: UnlockedVault, store: VaultStore): Contents {
  while (!vault.checkRows(16));
  const items = itemsOf(vault);
  const readable = Object.entries(items).flatMap(([id, item]) =>
    'record' in item && !('code' in item.record) ? [{ id: id as ItemId, record: item.record }] : [],
  );
  const passkeys = readable.filter(({ record }) => record.kind === 'passkey');
  return {
    isIntact: vault.integrity === 'intact',
    items,
    former: formerOf(vault, items),
    privateKeys: Object.fromEntries(
      passkeys.map(({ id }) => [id, failing(() => toHex(take(vault.openPrivateKey(id))))]),
    ),
    files: filesOf(vault, store),
    documents: {
      slotNames: vault.document('slotNames'),
      savedSearches: vault.document('savedSearches'),
      generatorHistory: vault.document('generatorHistory'),
    },
  };
}

/** Ids of all items: those that are listed, and those that are counted as damaged. */
function idsOf(vault: UnlockedVault): readonly ItemId[] {
  return [...new Set([...Array.from(vault.overviews(), ({ id }) => id), ...vault.damaged])];
}

function itemsOf(vault: UnlockedVault): Record<string, FoundItem | Failure> {
  return Object.fromEntries(idsOf(vault).map((id) => [id, itemOf(vault, id)]));
}

function itemOf(vault: UnlockedVault, id: ItemId): FoundItem | Failure {
  const revision = failing(() => vault.revisionOf(id));
  if ('code' in revision) return revision;
  const record = failing(() => toRecord(vault.get(id)));
  if ('code' in record && record.step === 'missing' && !hasRow(vault, id, revision.lamport)) {
    return record as unknown as Failure;
  }
  const overview = failing(() => toOverview(vault.overview(id)));
  return { lamport: revision.lamport, overview, record };
}

function hasRow(vault: UnlockedVault, id: ItemId, lamport: number): boolean {
  return vault.history(id).some((revision) => revision.lamport === lamport);
}

function formerOf(
  vault: UnlockedVault,
  items: Record<string, FoundItem | Failure>,
): Record<string, Rec | Failure> {
  const found: Record<string, Rec | Failure> = {};
  for (const [id, item] of Object.entries(items)) {
    const current = 'record' in item ? item.lamport : null;
    for (const revision of vault.history(id as ItemId)) {
      if (revision.lamport === current) continue;
      const name = `${id}/${String(revision.lamport)}`;
      found[name] = failing(() => toRecord(vault.getRevision(id as ItemId, revision)));
    }
  }
  return found;
}

function filesOf(vault: UnlockedVault, store: VaultStore): Record<string, string | Failure> {
  const rows = store.scanAttachments(null, 1024);
  return Object.fromEntries(
    rows.map(({ itemId, id }) => [
      id,
      failing(() => {
        using reader = vault.attachments.read(itemId, id);
        return toHex(sha256(...reader.chunks()));
      }),
    ]),
  );
}

/** An item in the JSON of the format. */
export function toRecord(item: Item): Rec {
  const { id: _id, ...rest } = item;
  if (item.kind !== 'passkey') return rest as unknown as Rec;
  const { userHandle, credentialId } = item;
  return {
    ...(rest as unknown as Rec),
    userHandle: toBase64Url(userHandle),
    credentialId: toBase64Url(credentialId),
  };
}

/** An overview in the JSON of the format. */
export function toOverview(overview: ItemOverview | null): Overview {
  if (overview === null) throw new Error('an item that is listed has an overview');
  const { kind, title, subtitle, tags, favourite, hasOneTimeCode, passkey } = overview;
  const { createdAt, modifiedAt, archivedAt, trashedAt, attachments } = overview;
  return [
    ...[kind, title, subtitle],
    overview.urls.map(({ url, match }) => (match === 'domain' ? url : [url, match])),
    ...[tags, (favourite ? 1 : 0) + (hasOneTimeCode ? 2 : 0)],
    ...[createdAt, modifiedAt, archivedAt ?? 0, trashedAt ?? 0, attachments],
    passkey === null ? 0 : [passkey.rpId, toBase64Url(passkey.credentialId), passkey.loginId ?? 0],
  ];
}

function take(secret: SecretBytes): Uint8Array {
  using owned = secret;
  return owned.use((bytes) => Uint8Array.from(bytes));
}

function failing<T>(action: () => T): T | Failure {
  try {
    return action();
  } catch (error) {
    return toFailure(error);
  }
}

/** Only the vault's own errors: another one is a bug, whatever the file holds. */
function toFailure(error: unknown): Failure {
  if (!(error instanceof VaultError)) throw error;
  const { code, details } = error;
  const step = details.step ?? details.object ?? details.reason;
  if (step !== undefined) return { code, step: String(step) };
  return { code, step: 'schema' in details ? 'schema' : 'missing' };
}
