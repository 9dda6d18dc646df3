// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { readyAead } from '../../../src/main/crypto/aead.ts';
import { deriveVaultKeys, randomVaultRootKey } from '../../../src/main/crypto/keys.ts';
import { pad } from '../../../src/main/crypto/padding.ts';
import {
  type DocumentRole,
  type Documents,
  isDocument,
  openDocument,
  sealDocument,
} from '../../../src/main/vault/documents.ts';
import { ObjectSealer } from '../../../src/main/vault/object-sealer.ts';
import { OBJECT_ROLES } from '../../../src/main/vault/vault-store.ts';
import type { DeviceId } from '../../../src/shared/brand.ts';
import { toUtf8 } from '../../../src/shared/bytes.ts';
import { flipped } from '../../support/flipped-bits.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const random = seededRandom('documents');
const aead = await readyAead();
const vaultId = random.bytes(32);
const { meta: key } = deriveVaultKeys(randomVaultRootKey(random), vaultId);
const context = { aead, key, vaultId, epoch: 2, random };
const sealer = new ObjectSealer(context);
const revision = { lamport: 5, deviceId: 'dd'.repeat(16) as DeviceId };

const documents: Documents = {
  slotNames: [{ slotId: '01'.repeat(16), name: 'Canary \u{1f511}', createdAt: 5 }],
  savedSearches: [{ id: '02'.repeat(8), name: 'weak', text: 'is:weak' }],
  generatorHistory: [{ value: 'canary-generated', at: 6 }],
};
const roles = OBJECT_ROLES.filter(isDocument);
const seal = (role: DocumentRole) => sealDocument(role, documents[role], { sealer, revision });

describe('documents', () => {
  it('come back as they were sealed', () => {
    expect(roles).toEqual(['slotNames', 'savedSearches', 'generatorHistory']);
    for (const role of roles)
      expect(openDocument(role, seal(role), sealer)).toEqual(documents[role]);
  });

  it('do not open as one another, nor under another revision, epoch, vault or key', () => {
    const sealed = roles.map(seal);
    for (const one of sealed) {
      for (const other of sealed) {
        if (one === other || !isDocument(one.role)) continue;
        expect(openDocument(one.role, { ...one, sealed: other.sealed }, sealer)).toBeNull();
      }
    }
    const one = seal('savedSearches');
    const later = { ...one, revision: { ...revision, lamport: 6 } };
    expect(openDocument('savedSearches', later, sealer)).toBeNull();
    expect(openDocument('savedSearches', { ...one, epoch: 3 }, sealer)).toBeNull();
    const others = [
      { ...context, vaultId: random.bytes(32) },
      { ...context, key: deriveVaultKeys(randomVaultRootKey(random), vaultId).meta },
    ];
    for (const other of others) {
      expect(openDocument('savedSearches', one, new ObjectSealer(other))).toBeNull();
    }
  });

  it('are as good as absent where a byte was changed, or what is inside is of another form', () => {
    const one = seal('generatorHistory');
    for (let index = 0; index < one.sealed.length; index += 1) {
      const sealed = flipped(one.sealed, index);
      expect(openDocument('generatorHistory', { ...one, sealed }, sealer)).toBeNull();
    }
    for (const text of [
      '{}',
      '[{}]',
      '[{"value":"x","at":-1}]',
      'null',
      '',
      '[{"at":1,"value":1}]',
    ]) {
      const other = sealer.seal('generatorHistory', revision, pad(toUtf8(text)));
      expect(openDocument('generatorHistory', other, sealer)).toBeNull();
    }
  });

  it('are not written where they could not be read back', () => {
    const broken = [{ slotId: 'no id', name: '', createdAt: 0 }];
    expect(() => sealDocument('slotNames', broken, { sealer, revision })).toThrow();
  });
});
