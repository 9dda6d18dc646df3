// Items for tests whose every text is recognisable.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../src/shared/brand.ts';
import { toUtf8 } from '../../src/shared/bytes.ts';
import { fieldsOf, type ItemKind } from '../../src/shared/model/item-kinds.ts';
import { SecretBytes } from '../../src/main/crypto/secret-bytes.ts';
import {
  type Item,
  type LoginItem,
  NOTHING_MORE,
  type PasskeyItem,
} from '../../src/main/vault/item.ts';
import { attachmentOf } from './attached-files.ts';

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

/** What stands for a PKCS#8 document: the vault does not look inside. */
export function privateKeyBytes(label: string): SecretBytes {
  return SecretBytes.take(toUtf8(`canary-private-key-${label}`.padEnd(138, '.')));
}
