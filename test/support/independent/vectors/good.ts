// Vectors of whole vaults that open, each unusual in one way that is allowed.
// SPDX-License-Identifier: MIT

import { unhex, utf8 } from '../bytes.ts';
import { type Secret, SLOT } from '../header.ts';
import { pad, ROLES } from '../primitives.ts';
import { ALL_KINDS, FULL, PKCS8, sampleItem } from '../samples.ts';
import { packContent } from '../sealing.ts';
import type { VaultWriter, WriterPlan } from '../write.ts';
import { baseToJson, type BaseJson, type Family, type Vector } from './format.ts';
import {
  byKeyFile,
  byPassword,
  byRecovery,
  DOCUMENTS,
  FLOOR,
  IDS,
  ONE_SLOT,
  opened,
  PASSWORD,
  SALT,
  TWO_SLOTS,
  writer,
} from './scene.ts';
import type { Vault } from '../rows.ts';

interface Good {
  readonly name: string;
  readonly says: string;
  readonly plan?: Partial<WriterPlan>;
  readonly secret?: Secret;
  readonly fill?: (made: VaultWriter) => void;
  /** What is done to the vault after it was built. */
  readonly then?: (vault: Vault, made: VaultWriter) => Vault;
}

const login = (made: VaultWriter): void =>
  void made.addItem(sampleItem('login'), { id: IDS.login });
const passwordSlot = (change: object) => [
  { secret: byPassword, cost: { ...FLOOR, ...change }, salt: SALT },
];
const eightKeys = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'].map((name) => ({
  secret: byRecovery(name),
}));
const keyFileSlot = { secret: byKeyFile, cost: FLOOR, salt: SALT };

const SLOTS: readonly Good[] = [
  {
    name: 'empty-vault',
    says: 'A vault without an item, opened by its password.',
    plan: { slots: passwordSlot({}) },
    secret: byPassword,
  },
  {
    name: 'four-lanes',
    says: 'Argon2id with 4 lanes.',
    plan: { slots: passwordSlot({ lanes: 4 }) },
    secret: byPassword,
    fill: login,
  },
  {
    name: 'four-passes',
    says: 'Argon2id with 4 passes.',
    plan: { slots: passwordSlot({ passes: 4 }) },
    secret: byPassword,
    fill: login,
  },
  {
    name: 'odd-memory',
    says: 'Argon2id with 65,537 KiB.',
    plan: { slots: passwordSlot({ memoryKib: 65_537 }) },
    secret: byPassword,
    fill: login,
  },
  {
    name: 'password-and-key-file',
    says: 'A slot of type 2.',
    plan: { slots: [keyFileSlot] },
    secret: byKeyFile,
    fill: login,
  },
  {
    name: 'empty-key-file',
    says: 'A key file with nothing in it: its digest counts.',
    plan: { slots: [{ ...keyFileSlot, secret: { ...byKeyFile, keyFile: new Uint8Array(0) } }] },
    secret: { ...byKeyFile, keyFile: new Uint8Array(0) },
    fill: login,
  },
  { name: 'recovery-key-alone', says: 'A slot of type 3 and no other.', fill: login },
  {
    name: 'two-slots-by-password',
    says: 'Two slots, opened by the first.',
    plan: { slots: TWO_SLOTS },
    secret: byPassword,
    fill: login,
  },
  {
    name: 'two-slots-by-recovery-key',
    says: 'Two slots, opened by the second.',
    plan: { slots: TWO_SLOTS },
    secret: byRecovery('one'),
    fill: login,
  },
  {
    name: 'eight-recovery-keys',
    says: 'As many recovery keys as there may be, opened by the last.',
    plan: { slots: eightKeys },
    secret: byRecovery('eight'),
    fill: login,
  },
  {
    name: 'nine-slots',
    says: 'As many slots as the types of version 1 allow, opened by password and key file.',
    plan: { slots: [keyFileSlot, ...eightKeys] },
    secret: byKeyFile,
    fill: login,
  },
  {
    name: 'password-beyond-ascii',
    says: 'A password of two-byte and four-byte characters, in NFKC.',
    plan: {
      slots: [
        { secret: { type: SLOT.password, password: utf8('pässwörd 🗝') }, cost: FLOOR, salt: SALT },
      ],
    },
    secret: { type: SLOT.password, password: utf8('pässwörd 🗝') },
    fill: login,
  },
  {
    name: 'last-generation',
    says: 'Generation 2^32 - 1.',
    plan: { generation: 0xffff_ffff },
    fill: login,
  },
  { name: 'last-epoch', says: 'Epoch 2^32 - 1.', plan: { epoch: 0xffff_ffff }, fill: login },
  {
    name: 'last-lamport',
    says: 'A revision with lamport 2^53 - 1.',
    plan: { lamport: Number.MAX_SAFE_INTEGER - 1 },
    fill: login,
  },
  {
    name: 'made-at-zero',
    says: 'A genesis statement of time 0.',
    plan: { createdAt: 0 },
    fill: login,
  },
  {
    name: 'made-at-the-end',
    says: 'A genesis statement of time 2^53 - 1.',
    plan: { createdAt: Number.MAX_SAFE_INTEGER },
    fill: login,
  },
];

const KINDS: readonly Good[] = ALL_KINDS.map((kind) => ({
  name: `kind-${kind}`,
  says: `An item of kind ${kind} with every member filled.`,
  fill: (made) =>
    void made.addItem(sampleItem(kind, FULL), kind === 'passkey' ? { privateKey: PKCS8 } : {}),
}));

/** A note whose body, length included, takes `size` bytes before it is padded. */
function bodyOf(size: number): Good {
  const overhead = 4 + 4 + JSON.stringify(sampleItem('note')).length + 4;
  const note = 'x'.repeat(size - overhead);
  return {
    name: `body-of-${String(size)}`,
    says: `A body that takes ${String(size)} bytes with its lengths, before it is padded.`,
    fill: (made) => void made.addItem(sampleItem('note', { note })),
  };
}

const ITEMS: readonly Good[] = [
  ...[512, 513, 4096, 4097, 8192, 8193, 20_000].map(bodyOf),
  {
    name: 'thirty-three-items',
    says: 'One item more than a pack holds.',
    fill: (made) => {
      for (let n = 0; n < 33; n += 1)
        made.addItem(sampleItem('note', { title: `Note ${String(n)}` }));
    },
  },
  {
    name: 'three-revisions',
    says: 'An item that was edited twice.',
    fill: (made) => {
      login(made);
      made.editItem(IDS.login, sampleItem('login', { title: 'Second' }));
      made.editItem(IDS.login, sampleItem('login', { title: 'Third' }));
    },
  },
  {
    name: 'item-of-an-earlier-epoch',
    says: 'Epoch 3, an item whose keys were made in epoch 1.',
    plan: { epoch: 3 },
    fill: (made) => void made.addItem(sampleItem('login'), { madeIn: 1 }),
  },
  {
    name: 'keys-of-two-devices',
    says: 'Two devices have each made version 2 of the keys of an item.',
    fill: (made) => {
      login(made);
      made.editElsewhere(IDS.login, sampleItem('login', { title: 'Second' }), 'b2'.repeat(16));
      made.editElsewhere(IDS.login, sampleItem('login', { title: 'Third' }), 'b3'.repeat(16));
      made.addFile(IDS.login, IDS.file, new Uint8Array(10).fill(1));
    },
  },
  {
    name: 'history-and-file-of-an-earlier-epoch',
    says: 'Epoch 2, an item with two revisions and a file of epoch 1.',
    plan: { epoch: 2 },
    fill: (made) => {
      made.addItem(sampleItem('login'), { id: IDS.login, madeIn: 1 });
      made.editItem(IDS.login, sampleItem('login', { title: 'Second' }));
      made.addFile(IDS.login, IDS.file, new Uint8Array(10).fill(1));
    },
  },
  {
    name: 'passkey-of-an-earlier-epoch',
    says: 'Epoch 3, a passkey whose private key was sealed in epoch 2.',
    plan: { epoch: 3 },
    fill: (made) => void made.addItem(sampleItem('passkey'), { madeIn: 2, privateKey: PKCS8 }),
  },
  {
    name: 'passkey-edited',
    says: 'A passkey whose private key was carried along from its first revision.',
    fill: (made) => {
      made.addItem(sampleItem('passkey'), { id: IDS.passkey, privateKey: PKCS8 });
      made.editItem(
        IDS.passkey,
        sampleItem('passkey', { title: 'Another title', backupState: true }),
      );
    },
  },
  {
    name: 'all-characters',
    says: 'Controls, a byte order mark, a lone surrogate, characters of every plane, a member of a strange name as text.',
    fill: (made) =>
      void made.addItem(
        sampleItem('note', {
          title: '\u0000\u001f"\\/\u007f\u2028\ufeff\ud83d é 漢 🗝 __proto__',
          tags: ['a/b', ''],
        }),
      ),
  },
];

const REST: readonly Good[] = [
  {
    name: 'files',
    says: 'Files of 0, 1, 65,536 and 65,537 bytes.',
    fill: (made) => {
      login(made);
      for (const size of [0, 1, 65_536, 65_537])
        made.addFile(IDS.login, made.random.id(), new Uint8Array(size).fill(5));
    },
  },
  {
    name: 'stray-chunks',
    says: 'Chunks of a number that no head has: what a crash left.',
    fill: login,
    then: (vault) => ({ ...vault, chunks: [{ id: 9 * 2 ** 18, sealed: utf8('cut off') }] }),
  },
  {
    name: 'documents',
    says: 'A document of every role.',
    fill: (made) => {
      for (const [name, value] of Object.entries(DOCUMENTS))
        made.setDocument(name as keyof typeof DOCUMENTS, value);
    },
  },
  {
    name: 'unknown-role',
    says: 'An object of a role that a later version has brought, counted by the manifest.',
    fill: login,
    then: (vault, made) => {
      const later = made.sealObject(200, utf8('what a later version wrote'));
      return made.withManifest({ ...vault, objects: [...vault.objects, later] });
    },
  },
  {
    name: 'file-at-another-number',
    says: 'A file whose chunks were given another number: nothing is bound to it.',
    fill: (made) => {
      login(made);
      made.addFile(IDS.login, IDS.file, new Uint8Array(65_600).fill(6));
    },
    then: (vault, made) =>
      made.withManifest({
        ...vault,
        attachments: vault.attachments.map((row) => ({ ...row, number: 2 ** 35 - 1 })),
        chunks: vault.chunks.map(({ id, sealed }) => ({
          id: id + (2 ** 35 - 2) * 2 ** 18,
          sealed,
        })),
      }),
  },
  {
    name: 'packs-of-any-number',
    says: 'One pack has the number 2^32 - 1 and another, 7, has no entry.',
    fill: login,
    then: (vault, made) => {
      const full = made.sealPack(0xffff_ffff, pad(packContent(made.entries())));
      return made.withManifest({ ...vault, packs: [full, made.sealPack(7, pad(unhex('00')))] });
    },
  },
  {
    name: 'empty-documents',
    says: 'A document that is there and has nothing in it.',
    then: (vault, made) =>
      made.withManifest({
        ...vault,
        objects: [...vault.objects, made.sealObject(ROLES.savedSearches, pad(utf8('[]')))],
      }),
  },
  {
    name: 'slot-with-everything',
    says: 'Password and recovery key, every kind of item, a file, documents: opened by the password.',
    plan: { slots: TWO_SLOTS, epoch: 2, generation: 9 },
    secret: { type: SLOT.password, password: PASSWORD },
    fill: everything,
  },
];

function everything(made: VaultWriter): void {
  for (const kind of ALL_KINDS)
    made.addItem(sampleItem(kind, FULL), kind === 'passkey' ? { privateKey: PKCS8 } : {});
  for (const [name, value] of Object.entries(DOCUMENTS))
    made.setDocument(name as keyof typeof DOCUMENTS, value);
  login(made);
  made.addFile(IDS.login, IDS.file, new Uint8Array(1000).fill(9));
}

export function goodFamily(): Family {
  const vaults: Record<string, BaseJson> = {};
  const vectors: Vector[] = [];
  for (const good of [...SLOTS, ...KINDS, ...ITEMS, ...REST]) {
    const { name, says, plan = {}, secret = byRecovery('one'), fill, then } = good;
    const made = writer(`good ${name}`, { slots: ONE_SLOT, ...plan });
    fill?.(made);
    const vault = then ? then(made.build(), made) : made.build();
    vaults[name] = baseToJson(vault, secret, made.contents());
    vectors.push({ name, says, vault: name, change: [], expect: opened({}) });
  }
  const about = 'Vaults that open, and everything in them reads as it was written.';
  return { format: 1, family: 'good', about, vaults, vectors };
}
