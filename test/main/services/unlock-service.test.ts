// Unlocking where today's cost of the password cannot be paid: the vault is open by then, and stays so.
// SPDX-License-Identifier: MIT

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KDF_FLOOR, type PasswordKdf } from '../../../src/main/crypto/password-kdf.ts';
import { KdfPolicy } from '../../../src/main/services/kdf-policy.ts';
import { PresentedSecrets } from '../../../src/main/services/presented-secrets.ts';
import { UnlockService } from '../../../src/main/services/unlock-service.ts';
import { SqliteVaultStore } from '../../../src/main/storage/sqlite-vault-store.ts';
import { toUtf8 } from '../../../src/shared/bytes.ts';
import { MemoryTransferFiles } from '../../support/memory-transfer-files.ts';
import { PASSWORD } from '../../support/unlock-secrets.ts';
import { vaultTools } from '../../support/vault-tools.ts';

const { random, clock, kdf } = vaultTools('unlock service');
const present = () => ({ type: 'password', password: toUtf8(PASSWORD) }) as const;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-unlock-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function service(deriveKey: PasswordKdf, isMeasured: boolean): UnlockService {
  const files = new MemoryTransferFiles();
  return new UnlockService({
    openStore: (path, mode) => SqliteVaultStore.open(path, mode),
    pins: { load: () => 'none', save: () => undefined },
    secrets: new PresentedSecrets({ files, random, vaultPath: () => '' }),
    kdf: new KdfPolicy({ deriveKey, random, clock, fixed: isMeasured ? null : KDF_FLOOR }),
    ...{ deriveKey, random, clock, onUnlocked: () => undefined },
  });
}

describe('unlocking', () => {
  it('goes on where the machine has too little memory to raise the cost', async () => {
    const path = join(folder, 'a.latchkey');
    const maker = service(kdf.derive, false);
    await maker.create(path, toUtf8(PASSWORD));
    await maker.close();
    const poor = service((password, salt, cost) => {
      if (cost.memoryKib > KDF_FLOOR.memoryKib) throw new Error('Memory allocation error');
      return kdf.derive(password, salt, cost);
    }, true);
    expect(await poor.unlock(path, present())).toBe(true);
    expect(poor.isUnlocked).toBe(true);
    expect(poor.isCostRaised).toBe(false);
    await poor.close();
    expect(await poor.unlock(path, present())).toBe(true);
    await poor.close();
  });
});
