// Parsers of the vault room that read what has been opened: packs, overviews, documents, manifest, attachments. An AEAD that
// lets everything through stands before them, as if an attacker had the keys.
// SPDX-License-Identifier: MIT

import type { DeviceId, ItemId } from '../../../../src/shared/brand.ts';
import { concatBytes, toUtf8 } from '../../../../src/shared/bytes.ts';
import { ITEM_KINDS } from '../../../../src/shared/model/item-kinds.ts';
import type { Aead } from '../../../../src/main/crypto/aead.ts';
import { randomItemKey } from '../../../../src/main/crypto/keys.ts';
import { pad, unpad } from '../../../../src/main/crypto/padding.ts';
import { SecretBytes } from '../../../../src/main/crypto/secret-bytes.ts';
import { AttachmentSealer } from '../../../../src/main/vault/attachment-sealer.ts';
import { type DocumentRole, openDocument } from '../../../../src/main/vault/documents.ts';
import { u32, u64 } from '../../../../src/main/vault/fixed-width.ts';
import {
  decodeOverview,
  encodeOverview,
  overviewOf,
} from '../../../../src/main/vault/item-overview.ts';
import { encodeManifest, parseManifest } from '../../../../src/main/vault/manifest.ts';
import { ObjectSealer } from '../../../../src/main/vault/object-sealer.ts';
import { encodeEntry, joinEntries, readEntry } from '../../../../src/main/vault/pack-codec.ts';
import { openMeta, sealMeta } from '../../../../src/main/vault/vault-meta.ts';
import { fullItem } from '../../../support/canary-items.ts';
import { seededRandom } from '../../../support/seeded-random.ts';
import { bytesTarget, type FuzzTarget } from '../fuzz-target.ts';
import { walkEntries } from '../../../support/pack-entries.ts';

const random = seededRandom('fuzz seeds: sealed');
const ID = 'ab'.repeat(16) as ItemId;
const revision = { lamport: 7, deviceId: 'cd'.repeat(16) as DeviceId };
const FILE_BYTES = 300;
const genesis = { nonce: random.bytes(32), createdAt: 1_790_000_000_000 };

const openAead: Aead = {
  seal: (_, { plaintext }) => Uint8Array.from(plaintext),
  open: (_, { sealed }) => Uint8Array.from(sealed),
};
const common = { aead: openAead, vaultId: random.bytes(32), random };
const objects = new ObjectSealer({
  ...{ ...common, epoch: 1 },
  key: SecretBytes.take(random.bytes(32)) as never,
});
const itemKey = {
  ...{ key: randomItemKey(random), madeIn: 1, isInUse: true, mayHold: () => true },
  [Symbol.dispose]: () => undefined,
};
const attachments = new AttachmentSealer(common, { itemId: ID, id: 'ef'.repeat(16), itemKey });

const overviews = ITEM_KINDS.map((kind) => encodeOverview(overviewOf(fullItem(kind, ID))));
const packs = [1, 3, ITEM_KINDS.length].map((count) =>
  joinEntries(
    ITEM_KINDS.slice(0, count).map((kind, index) =>
      encodeEntry({ id: ID, revision, kind, overview: overviews[index] ?? new Uint8Array(0) }),
    ),
  ),
);
const manifest = encodeManifest({
  headerHash: random.bytes(32),
  read: { count: 3, fold: random.bytes(32) },
  rows: { count: 9, fold: random.bytes(32) },
  isSuspect: false,
});
const JSON_TOKENS = ['null', '[]', '{}', '"', '\\ud800', '1e999', '-1', '[[', '"__proto__":'];

export const sealedTargets: readonly FuzzTarget[] = [
  bytesTarget({
    name: 'pack',
    seeds: packs,
    tokens: [u32(0), u32(0xffff_ffff), u64(2 ** 53 - 1)],
    throwsTypeError: true,
    parse: (content) => walkEntries(content).map(({ start }) => readEntry(content, start)),
  }),
  bytesTarget({
    name: 'overview',
    seeds: overviews,
    tokens: JSON_TOKENS,
    parse: (bytes) => decodeOverview(ID, bytes),
  }),
  total(documentTarget('slotNames', [{ slotId: ID, name: 'Paper', createdAt: 1 }])),
  total(documentTarget('savedSearches', [{ id: '01'.repeat(8), name: 'Work', text: 'tag:work' }])),
  total(documentTarget('generatorHistory', [{ value: 'made', at: 1 }])),
  bytesTarget({
    name: 'vault meta',
    seeds: [unpad(sealMeta({ genesis, deviceId: revision.deviceId }, objects, revision).sealed)],
    tokens: JSON_TOKENS,
    parse: (json) => openMeta({ role: 'meta', revision, epoch: 1, sealed: pad(json) }, objects),
  }),
  bytesTarget({
    name: 'manifest',
    seeds: [manifest],
    throwsTypeError: true,
    parse: parseManifest,
  }),
  bytesTarget({
    name: 'attachment head',
    seeds: [
      concatBytes(u64(FILE_BYTES), u32(1), random.bytes(32)),
      concatBytes(u64(2 ** 32), u32(2 ** 16), random.bytes(32)),
    ],
    tokens: [u64(2 ** 53 - 1), u32(0)],
    parse: (sealed) =>
      attachments.openHead({
        ...{ number: 1, id: 'ef'.repeat(16), itemId: ID, revision, sealed },
        ...{ keyVersion: 1, keyDevice: revision.deviceId },
      }),
  }),
  bytesTarget({
    name: 'attachment chunk',
    seeds: [concatBytes(random.bytes(FILE_BYTES), new Uint8Array(512 - FILE_BYTES))],
    parse: (sealed) => attachments.openChunk(sealed, 0, FILE_BYTES),
  }),
];

function documentTarget(role: DocumentRole, content: readonly object[]): FuzzTarget {
  return bytesTarget({
    name: `document: ${role}`,
    seeds: [toUtf8(JSON.stringify(content))],
    tokens: JSON_TOKENS,
    parse: (json) => openDocument(role, { role, revision, epoch: 1, sealed: pad(json) }, objects),
  });
}

/** Of what answers null and keeps nobody out: no error at all is stated. */
function total(target: FuzzTarget): FuzzTarget {
  return { ...target, isStated: () => false };
}
