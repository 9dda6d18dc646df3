import { join } from 'node:path';
import { SecretBytes } from '../../../src/main/crypto/secret-bytes.ts';
import { derivePasswordKey, KDF_FLOOR } from '../../../src/main/crypto/password-kdf.ts';
import { systemRandom } from '../../../src/main/crypto/random.ts';
import { ItemChanges } from '../../../src/main/services/item-changes.ts';
import { KdfPolicy } from '../../../src/main/services/kdf-policy.ts';
import { PresentedSecrets } from '../../../src/main/services/presented-secrets.ts';
import { PasskeyService } from '../../../src/main/services/passkey-service.ts';
import { UnlockService } from '../../../src/main/services/unlock-service.ts';
import { nodeTransferFiles } from '../../../src/main/storage/node-transfer-files.ts';
import { SqliteVaultStore } from '../../../src/main/storage/sqlite-vault-store.ts';
import { toUtf8 } from '../../../src/shared/bytes.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { describe, expect, it } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { credentialStoreSuite } from '../../conformance/credential-store.suite.ts';
import { MemoryPinStore } from '../../support/memory-pin-store.ts';

async function open() {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-passkeys-'));
  const path = join(folder, 'Test.latchkey');
  const random = systemRandom;
  const clock = systemClock;
  const deriveKey = derivePasswordKey;
  const unlock = new UnlockService({
    openStore: (file, mode) => SqliteVaultStore.open(file, mode),
    pins: new MemoryPinStore(),
    secrets: new PresentedSecrets({ files: nodeTransferFiles, random, vaultPath: () => path }),
    kdf: new KdfPolicy({ deriveKey, random, clock, fixed: KDF_FLOOR }),
    ...{ deriveKey, random, clock },
    onUnlocked: () => undefined,
  });
  await unlock.create(path, toUtf8('test password'));
  let changes = 0;
  const items = new ItemChanges({
    vault: () => unlock.vault,
    onChanged: () => {
      changes += 1;
    },
  });
  const store = new PasskeyService({ isUnlocked: () => unlock.isUnlocked, changes: items });
  return {
    store,
    unlock,
    items,
    changes: () => changes,
    lock: () => unlock.close(),
    reopen: async () => {
      await unlock.close();
      await unlock.unlock(path, { type: 'password', password: toUtf8('test password') });
      return store;
    },
    dispose: async () => {
      await unlock.close();
      rmSync(folder, { recursive: true });
    },
  };
}

credentialStoreSuite('PasskeyService', open);

describe('PasskeyService', () => {
  it('lets no passkey sign from the trash, and signs again once restored', async () => {
    const { store, unlock, items, changes, dispose } = await open();
    const id = new Uint8Array(32).fill(9) as Uint8Array as Parameters<
      typeof store.openPrivateKey
    >[0];
    await store.save(
      {
        type: 'public-key',
        id,
        rpId: 'bank.example',
        userHandle: Uint8Array.of(1),
        algorithm: 'ES256',
        backupEligible: true,
        backupState: false,
        signCount: 0,
        otherUI: { rpName: 'Bank', userName: 'anna', userDisplayName: '' },
        createdAt: 1,
      },
      SecretBytes.take(Uint8Array.of(7)),
    );
    expect(changes()).toBe(1);
    const [overview] = unlock.vault.overviews();
    if (!overview) throw new Error('the passkey is in the vault');
    const item = unlock.vault.get(overview.id);
    items.save([{ item: { ...item, trashedAt: 2 } }]);
    await expect(store.findByRpId('bank.example')).resolves.toEqual([]);
    await expect(store.openPrivateKey(id)).rejects.toMatchObject({ code: 'vault/item-not-found' });
    items.save([{ item: { ...item, trashedAt: null } }]);
    using key = await store.openPrivateKey(id);
    expect(key.use((bytes) => Uint8Array.from(bytes))).toEqual(Uint8Array.of(7));
    await dispose();
  });
});
