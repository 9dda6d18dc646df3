// Vaults for tests: quick to make, filled with items whose every text is recognisable.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../src/shared/brand.ts';
import { joinBytes, toHex, toUtf8 } from '../../src/shared/bytes.ts';
import { fieldsOf, type ItemKind } from '../../src/shared/model/item-kinds.ts';
import { hkdfSha256, sha256 } from '../../src/main/crypto/digest.ts';
import { encodeKdfBlock, KDF_FLOOR } from '../../src/main/crypto/password-kdf.ts';
import type { KdfParameters, PasswordKdf } from '../../src/main/crypto/password-kdf.ts';
import { SecretBytes } from '../../src/main/crypto/secret-bytes.ts';
import {
  type Attachment,
  type Item,
  type LoginItem,
  NOTHING_MORE,
  type PasskeyItem,
} from '../../src/main/vault/item.ts';
import { digestKeyFile, type UnlockSecret } from '../../src/main/vault/slot-secret.ts';
import type { UnlockedVault } from '../../src/main/vault/unlocked-vault.ts';
import { createVault, unlockVault } from '../../src/main/vault/vault.ts';
import type { VaultStore } from '../../src/main/vault/vault-store.ts';
import { HandClock } from './hand-clock.ts';
import { seededRandom } from './seeded-random.ts';

export const PASSWORD = 'correct horse battery staple';

export function secret(text: string): SecretBytes {
  return SecretBytes.take(toUtf8(text));
}

export function passwordSecret(text = PASSWORD): UnlockSecret {
  return { type: 'password', password: secret(text) };
}

/** A password together with a key file that holds `file`. */
export function keyFileSecret(file: string, text = PASSWORD): UnlockSecret {
  return {
    type: 'password-key-file',
    password: secret(text),
    keyFile: digestKeyFile(toUtf8(file)),
  };
}

/** The recovery key that `label` stands for. */
export function recoverySecret(label: string): UnlockSecret & { readonly type: 'recovery' } {
  return { type: 'recovery', key: SecretBytes.take(sha256(toUtf8(`recovery ${label}`))) };
}

/** Stands in for Argon2id where a test makes thousands of attempts; keeps count, depends on all of its inputs. */
export class QuickKdf {
  readonly runs: KdfParameters[] = [];

  readonly derive: PasswordKdf = (password, salt, parameters) => {
    this.runs.push(parameters);
    const info = encodeKdfBlock(parameters);
    return Promise.resolve(
      SecretBytes.take(password.use((bytes) => hkdfSha256(bytes, { salt, info, length: 32 }))),
    );
  };
}

export interface VaultTools {
  readonly random: ReturnType<typeof seededRandom>;
  readonly clock: HandClock;
  readonly kdf: QuickKdf;
}

export function vaultTools(seed: string): VaultTools {
  return { random: seededRandom(seed), clock: new HandClock(), kdf: new QuickKdf() };
}

export async function createTestVault(
  store: VaultStore,
  { random, clock, kdf }: VaultTools,
): Promise<UnlockedVault> {
  using password = secret(PASSWORD);
  const deriveKey = kdf.derive;
  return await createVault(store, { password, random, clock, deriveKey, kdf: KDF_FLOOR });
}

export async function unlockTestVault(
  store: VaultStore,
  { random, clock, kdf }: VaultTools,
  by: string | UnlockSecret = PASSWORD,
): Promise<UnlockedVault | 'wrong-password'> {
  const presented = typeof by === 'string' ? passwordSecret(by) : by;
  return await unlockVault(store, { secret: presented, random, clock, deriveKey: kdf.derive });
}

/** For tests that are about what comes after: fails where the secret is refused. */
export async function reopenTestVault(
  store: VaultStore,
  tools: VaultTools,
  by: string | UnlockSecret = PASSWORD,
): Promise<UnlockedVault> {
  const vault = await unlockTestVault(store, tools, by);
  if (vault === 'wrong-password') throw new Error('the fixture password was refused');
  return vault;
}

/** Reads every row, as the product does in the background, and says what came of it. */
export function checkAllRows(vault: UnlockedVault): UnlockedVault['integrity'] {
  while (!vault.checkRows(64));
  return vault.integrity;
}

type LoginChange = Partial<Omit<LoginItem, 'fields'>> & {
  readonly fields?: Partial<LoginItem['fields']>;
};

export function loginItem(id: ItemId, { fields, ...change }: LoginChange = {}): LoginItem {
  return {
    ...NOTHING_MORE,
    id,
    kind: 'login',
    title: 'Canary-title',
    fields: { username: 'canary-user@example.org', password: 'canary-password-8f2c', ...fields },
    urls: [{ url: 'https://login.canary-site.example/sign-in', match: 'domain' }],
    note: 'canary-note',
    tags: ['canary-tag'],
    createdAt: 1_700_000_000_000,
    modifiedAt: 1_700_000_000_001,
    ...change,
  };
}

export function passkeyItem(id: ItemId, change: Partial<PasskeyItem> = {}): PasskeyItem {
  return {
    ...NOTHING_MORE,
    id,
    kind: 'passkey',
    fields: {},
    title: 'Canary-passkey',
    loginId: null,
    rpId: 'canary-rp.example',
    rpName: 'Canary-relying-party',
    userHandle: toUtf8('canary-user-handle'),
    userName: 'canary-passkey-user',
    userDisplayName: 'Canary Display Name',
    credentialId: toUtf8(`canary-credential-${id}`),
    algorithm: 'ES256',
    backupEligible: true,
    backupState: false,
    signCount: 0,
    note: 'canary-note',
    favourite: true,
    createdAt: 1_700_000_000_000,
    modifiedAt: 1_700_000_000_000,
    ...change,
  };
}

/** An item of any kind with something in every place that an item has. */
export function fullItem(kind: ItemKind, id: ItemId): Item {
  const more = {
    note: 'canary-note',
    tags: ['canary-tag', 'canary/nested'],
    favourite: true,
    archivedAt: 1_700_000_000_007,
    trashedAt: 1_700_000_000_008,
    urls: [
      { url: 'https://login.canary-site.example/', match: 'host' },
      { url: '^https://canary', match: 'regex' },
    ],
    sections: [
      {
        id: '01'.repeat(8),
        title: 'canary-section',
        fields: [
          { id: '02'.repeat(8), label: 'canary-label', type: 'hidden', value: 'canary-custom' },
          { id: '03'.repeat(8), label: 'canary-flag', type: 'boolean', value: 'true' },
        ],
      },
    ],
    attachments: [attachmentOf('04'.repeat(16), 70_000)],
    oneTimeCode: {
      type: 'totp',
      secret: 'JBSWY3DPEHPK3PXP',
      algorithm: 'SHA-256',
      digits: 8,
      period: 30,
      counter: 0,
      issuer: 'canary-issuer',
      account: 'canary-account',
    },
    formerPasswords: [{ value: 'canary-former-password', replacedAt: 1_600_000_000_000 }],
  } as const;
  if (kind === 'passkey') return passkeyItem(id, more);
  const fields = Object.fromEntries(fieldsOf(kind).map(([name]) => [name, `canary-${name}`]));
  const times = { createdAt: 1_700_000_000_000, modifiedAt: 1_700_000_000_001 };
  return { id, kind, title: `Canary-${kind}`, fields, ...more, ...times } as unknown as Item;
}

export function attachmentOf(id: string, sizeBytes: number): Attachment {
  return { id, name: 'canary-file.txt', sizeBytes, addedAt: 1_700_000_000_009 };
}

/** Adds a file to an item as the product does; returns the attachment's id. */
export function attach(vault: UnlockedVault, id: ItemId, content: Uint8Array): string {
  const writer = vault.beginAttachment(id);
  writer.write(content);
  const head = writer.finish();
  const item = vault.get(id);
  const attachments = [...item.attachments, attachmentOf(writer.id, content.length)];
  vault.saveWithAttachment({ ...item, attachments }, head);
  return writer.id;
}

/** A whole file of an item. */
export function readAttached(vault: UnlockedVault, itemId: ItemId, id: string): Uint8Array {
  using reader = vault.attachments.read(itemId, id);
  return joinBytes([...reader.chunks()]);
}

/** Bytes that tell by their content where in the file they lie. */
export function patternBytes(length: number, label = 'pattern'): Uint8Array<ArrayBuffer> {
  const block = toUtf8(`${label} ${toHex(sha256(toUtf8(label)))} `);
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  for (let offset = 0; offset < length; offset += block.length) {
    bytes.set(block.subarray(0, Math.min(block.length, length - offset)), offset);
    if (offset + 4 <= length) view.setUint32(offset, offset);
  }
  return bytes;
}

/** What stands for a PKCS#8 document: the vault does not look inside. */
export function privateKeyBytes(label: string): SecretBytes {
  return secret(`canary-private-key-${label}`.padEnd(138, '.'));
}
