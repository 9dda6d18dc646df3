// Secrets that are recognised wherever they turn up: all of one run begin with the same mark, which is text, base32 and
// bytes of keys alike, so that one search finds any of them, whole or in part. And a vault that is full of them.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../../src/shared/brand.ts';
import { toUtf8 } from '../../../src/shared/bytes.ts';
import type { KdfParameters } from '../../../src/main/crypto/password-kdf.ts';
import { SecretBytes } from '../../../src/main/crypto/secret-bytes.ts';
import { fromRawSecret } from '../../../src/main/crypto/signing-key.ts';
import { systemRandom } from '../../../src/main/crypto/random.ts';
import { SqliteVaultStore } from '../../../src/main/storage/sqlite-vault-store.ts';
import { type Item, NOTHING_MORE, type PasskeyItem } from '../../../src/main/vault/item.ts';
import type { ItemToSave } from '../../../src/main/vault/unlocked-vault.ts';
import { createVault } from '../../../src/main/vault/vault.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { Dice } from '../dice.ts';
import { TEST_SITE_RP_ID } from './sign-in.ts';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const MARK_LENGTH = 16;
const SECRET_LENGTH = 32;
const PIN_LENGTH = 20;

/** How many there are of each kind: with the master password and the PIN they are a hundred. */
const COUNTS = {
  ...{ password: 28, 'custom field': 14, note: 14, 'one-time code': 14 },
  ...{ 'SSH key': 10, passkey: 10, 'former password': 4, 'card number': 4 },
} as const;
type CanaryKind = keyof typeof COUNTS;

export class Canaries {
  /** Of all that nobody sees. */
  readonly mark: string;
  /** Of the one that is revealed, to see that the search finds it. */
  readonly shownMark: string;
  readonly masterPassword: string;
  readonly pin: string;
  readonly shown: string;
  readonly #dice: Dice;
  readonly #secrets = new Map<string, string>();

  constructor(seed: string) {
    this.#dice = new Dice(`${seed}/canaries`);
    this.mark = this.#text(MARK_LENGTH);
    this.shownMark = this.#text(MARK_LENGTH);
    this.masterPassword = this.#secret('master password');
    this.shown = this.shownMark + this.#text(SECRET_LENGTH - MARK_LENGTH);
    this.pin = Array.from({ length: PIN_LENGTH }, () => String(this.#dice.below(10))).join('');
  }

  /** With the PIN. */
  get count(): number {
    return this.#secrets.size + 1;
  }

  /** Which of them `context` begins with, by name; a part of one is said to be one. */
  nameOf(context: string): string {
    for (const [secret, name] of this.#secrets) if (context.startsWith(secret)) return name;
    return 'a part of one';
  }

  next(kind: string): string {
    const many = [...this.#secrets.values()].filter((name) => name.startsWith(kind)).length;
    return this.#secret(`${kind} ${String(many + 1)}`);
  }

  #secret(name: string): string {
    const secret = this.mark + this.#text(SECRET_LENGTH - MARK_LENGTH);
    this.#secrets.set(secret, name);
    return secret;
  }

  #text(length: number): string {
    return Array.from({ length }, () => BASE32.charAt(this.#dice.below(32))).join('');
  }
}

/** Title of the item of which the password is revealed. */
export const SHOWN_TITLE = 'Shown to the person';

/** A vault file with every canary in it but the PIN, which a vault never holds. */
export async function makeCanaryVault(
  path: string,
  canaries: Canaries,
  kdf: KdfParameters,
): Promise<void> {
  using password = SecretBytes.take(toUtf8(canaries.masterPassword));
  const tools = { random: systemRandom, clock: systemClock };
  const vault = await createVault(SqliteVaultStore.open(path, 'create'), {
    ...{ password, kdf, ...tools },
  });
  const entries = Object.entries(COUNTS).flatMap(([kind, count]) =>
    Array.from({ length: count }, (_, index) =>
      entryOf(kind as CanaryKind, {
        canaries,
        id: vault.newItemId(),
        title: `${kind} ${String(index)}`,
      }),
    ),
  );
  const shown = login(vault.newItemId(), SHOWN_TITLE, canaries.shown);
  vault.saveAll([...entries, { item: shown }]);
  for (const { privateKey } of entries) privateKey?.dispose();
  vault.close();
}

interface EntryInput {
  readonly canaries: Canaries;
  readonly id: ItemId;
  readonly title: string;
}

function entryOf(kind: CanaryKind, { canaries, id, title }: EntryInput): ItemToSave {
  const secret = canaries.next(kind);
  const plain = login(id, title, 'nothing special');
  const isFirst = title.endsWith(' 0');
  switch (kind) {
    case 'password':
      return { item: login(id, title, secret) };
    case 'former password':
      return { item: { ...plain, formerPasswords: [{ value: secret, replacedAt: 1 }] } };
    case 'custom field':
      return { item: { ...plain, sections: [sectionWith(secret)] } };
    case 'note':
      return { item: { ...plain, note: secret } };
    case 'one-time code':
      return { item: { ...plain, oneTimeCode: codeOf(secret) } };
    case 'card number':
      return { item: { ...plain, kind: 'card', fields: cardFields(secret) } as unknown as Item };
    case 'SSH key':
      return { item: { ...plain, kind: 'ssh-key', fields: sshFields(secret) } as unknown as Item };
    case 'passkey': {
      const { privateKey } = fromRawSecret('ES256', Buffer.from(secret, 'latin1'));
      return { item: passkey(id, title, isFirst ? TEST_SITE_RP_ID : 'canary.example'), privateKey };
    }
  }
}

function login(id: ItemId, title: string, password: string) {
  return {
    ...{ ...NOTHING_MORE, id, kind: 'login' as const, title, createdAt: 1, modifiedAt: 1 },
    fields: { username: 'olivia', password },
  };
}

function sectionWith(value: string) {
  const field = { id: '02'.repeat(8), label: 'Code word', type: 'hidden' as const, value };
  return { id: '01'.repeat(8), title: 'More', fields: [field] };
}

function codeOf(secret: string) {
  const totp = { type: 'totp', algorithm: 'SHA-1', digits: 6, period: 30, counter: 0 } as const;
  return { ...totp, secret, issuer: 'Bank', account: 'olivia' };
}

function cardFields(number: string) {
  const empty = { brand: '', expires: '', validFrom: '', securityCode: '', pin: '', bank: '' };
  return { ...empty, cardholder: 'Olivia', number };
}

/** PKCS#8 of an Ed25519 key (RFC 8410): the seed is the secret. */
function sshFields(seed: string) {
  const der = Buffer.concat([
    Buffer.from('302e020100300506032b657004220420', 'hex'),
    Buffer.from(seed, 'latin1'),
  ]);
  const pem = `-----BEGIN PRIVATE KEY-----\n${der.toString('base64')}\n-----END PRIVATE KEY-----\n`;
  const rest = { publicKey: 'ssh-ed25519 AAAA', fingerprint: 'SHA256:x', keyType: 'ed25519' };
  return { privateKey: pem, ...rest };
}

function passkey(id: ItemId, title: string, rpId: string): PasskeyItem {
  return {
    ...{ ...NOTHING_MORE, id, kind: 'passkey', fields: {}, title, createdAt: 1, modifiedAt: 1 },
    ...{ loginId: null, rpId, rpName: 'Canary', algorithm: 'ES256' },
    userHandle: systemRandom.bytes(32),
    ...{ userName: 'olivia', userDisplayName: '', credentialId: systemRandom.bytes(32) },
    ...{ backupEligible: true, backupState: false, signCount: 0 },
  };
}
