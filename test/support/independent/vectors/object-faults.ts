// Vectors of the vault's own objects and packs with one fault each: meta, genesis, manifest, documents, packs.
// SPDX-License-Identifier: MIT

import { base64url, canonical, join, type Json, uint, utf8 } from '../bytes.ts';
import { encodeHeader } from '../header.ts';
import { aadOf, digest, pad, ROLES, seal } from '../primitives.ts';
import type { ObjectRow, PackRow, Vault } from '../rows.ts';
import {
  encodeEntry,
  encodeGenesis,
  encodeManifest,
  objectBound,
  openObject,
  packBound,
  packContent,
  sealObject,
  sealPack,
  vaultKey,
} from '../sealing.ts';
import {
  baseToJson,
  type Difference,
  type Expectation,
  type Family,
  type Vector,
} from './format.ts';
import {
  baseWriter,
  byRecovery,
  dashed,
  flipped,
  flippedHex,
  IDS,
  keyFailure,
  failure,
  notIntact,
  opened,
  refused,
  Scene,
  writer,
  wrongBounds,
} from './scene.ts';
import { sampleItem } from '../samples.ts';

type Fault = readonly [name: string, says: string, vault: Vault, expect: Expectation];

function put(scene: Scene, row: ObjectRow): Vault {
  return scene.with('objects', row);
}

/** An object of the scene sealed anew from another plaintext, or bound to something else. */
function resealed(
  scene: Scene,
  role: number,
  input: { readonly plaintext?: Uint8Array; readonly wrong?: Parameters<typeof aadOf>[0] },
): Vault {
  const { sealed: _sealed, ...row } = scene.row('objects', String(role));
  const former = scene.row('objects', String(role));
  const plaintext = input.plaintext ?? openObject(former, scene.place);
  const nonce = scene.writer.nonce();
  const bound = input.wrong ?? objectBound(row, scene.place);
  return put(scene, sealObject(row, scene.place, { nonce, plaintext, bound }));
}

function metaFaults(scene: Scene): readonly Fault[] {
  const { statement, deviceId } = scene.writer;
  const row = scene.row('objects', String(ROLES.meta));
  const gone = refused('corrupt', 'meta');
  const json = (value: Json) =>
    resealed(scene, ROLES.meta, { plaintext: pad(utf8(canonical(value))) });
  const of = (bytes: Uint8Array) => json({ genesis: base64url(bytes), deviceId });
  const right = { genesis: base64url(statement), deviceId };
  const plaintext = openObject(row, scene.place);
  const other = encodeGenesis({ nonce: new Uint8Array(32), createdAt: 0 });
  const manifest = scene.row('objects', String(ROLES.manifest));
  return [
    ['meta-missing', 'There is no meta object.', scene.without('objects', '5'), gone],
    [
      'meta-changed',
      'One bit of the meta object is another.',
      put(scene, { ...row, sealed: flipped(row.sealed, 30) }),
      gone,
    ],
    [
      'meta-cut',
      'The meta object has 39 bytes.',
      put(scene, { ...row, sealed: row.sealed.slice(0, 39) }),
      gone,
    ],
    [
      'meta-lamport',
      'The lamport of the row is one more.',
      put(scene, { ...row, lamport: row.lamport + 1 }),
      gone,
    ],
    [
      'meta-device',
      'The device of the row is another.',
      put(scene, { ...row, deviceId: flippedHex(row.deviceId) }),
      gone,
    ],
    ['meta-epoch', 'The epoch of the row is one less.', put(scene, { ...row, epoch: 1 }), gone],
    [
      'meta-is-the-manifest',
      'The sealed bytes are those of the manifest.',
      put(scene, { ...row, sealed: manifest.sealed }),
      gone,
    ],
    [
      'meta-bucket',
      'The padding is 256 bytes more than it has to be.',
      resealed(scene, 5, { plaintext: join(plaintext, new Uint8Array(256)) }),
      gone,
    ],
    [
      'meta-padding',
      'The last byte of the padding is not zero.',
      resealed(scene, 5, { plaintext: flipped(plaintext, -1) }),
      gone,
    ],
    [
      'meta-without-padding',
      'The JSON is not padded.',
      resealed(scene, 5, { plaintext: utf8(canonical(right)) }),
      gone,
    ],
    ['meta-without-device', 'The device id is missing.', json({ genesis: right.genesis }), gone],
    ['meta-with-a-name', 'There is an unknown member.', json({ ...right, name: 'x' }), gone],
    [
      'meta-device-in-upper-case',
      'The device id is in upper case.',
      json({ ...right, deviceId: 'AA'.repeat(16) }),
      gone,
    ],
    [
      'meta-device-too-short',
      'The device id has 30 digits.',
      json({ ...right, deviceId: deviceId.slice(2) }),
      gone,
    ],
    ['meta-list', 'The JSON is a list.', json([right]), gone],
    [
      'genesis-padded',
      'The statement is base64url with padding.',
      json({ ...right, genesis: `${right.genesis}=` }),
      gone,
    ],
    ['genesis-label', 'The label of the statement is another.', of(flipped(statement, 0)), gone],
    [
      'genesis-version',
      'The version of the statement is 2.',
      of(join(statement.slice(0, 12), uint(2, 2), statement.slice(14))),
      gone,
    ],
    [
      'genesis-suite',
      'The suite of the statement is 2.',
      of(join(statement.slice(0, 14), uint(2, 2), statement.slice(16))),
      gone,
    ],
    ['genesis-short', 'The statement is a byte too short.', of(statement.slice(0, -1)), gone],
    ['genesis-long', 'The statement is a byte too long.', of(join(statement, uint(0, 1))), gone],
    [
      'genesis-time',
      'The time of the statement is 2^53.',
      of(join(statement.slice(0, 48), uint(2n ** 53n, 8))),
      gone,
    ],
    [
      'genesis-of-another-vault',
      'The statement is another one.',
      of(other),
      refused('corrupt', 'genesis'),
    ],
  ];
}

function manifestFaults(scene: Scene): readonly Fault[] {
  const { writer: made, vault } = scene;
  const role = ROLES.manifest;
  const row = scene.row('objects', String(role));
  const manifest = made.manifestOf(vault);
  const { read, rows, headerHash } = manifest;
  const bytes = encodeManifest(manifest);
  const of = (plaintext: Uint8Array) => resealed(scene, role, { plaintext });
  const saying = (change: Partial<typeof manifest>) =>
    of(encodeManifest({ ...manifest, ...change }));
  const older = { ...made.header, generation: 4 };
  const cases: readonly (readonly [string, string, Vault])[] = [
    ['manifest-missing', 'There is no manifest.', scene.without('objects', '6')],
    [
      'manifest-changed',
      'One bit of the manifest is another.',
      put(scene, { ...row, sealed: flipped(row.sealed, -1) }),
    ],
    [
      'manifest-lamport',
      'The lamport of the row is one less.',
      put(scene, { ...row, lamport: row.lamport - 1 }),
    ],
    ['manifest-epoch', 'The epoch of the row is one less.', put(scene, { ...row, epoch: 1 })],
    [
      'manifest-is-the-meta',
      'The sealed bytes are those of the meta object.',
      put(scene, { ...row, sealed: scene.row('objects', '5').sealed }),
    ],
    ['manifest-flags', 'An unknown flag is set.', saying({ flags: 2 })],
    ['manifest-suspect', 'The suspect bit is set.', saying({ flags: 1 })],
    ['manifest-short', 'The manifest is a byte too short.', of(bytes.slice(0, -1))],
    ['manifest-long', 'The manifest is a byte too long.', of(join(bytes, uint(0, 1)))],
    [
      'manifest-header-hash',
      'The header hash is another.',
      saying({ headerHash: flipped(headerHash, 0) }),
    ],
    [
      'manifest-header-hash-without-label',
      'The header hash is SHA-256 of the header alone.',
      saying({ headerHash: digest(vault.header) }),
    ],
    [
      'manifest-read-count',
      'The first count is one more.',
      saying({ read: { ...read, count: read.count + 1 } }),
    ],
    [
      'manifest-read-fold',
      'One bit of the first fold is another.',
      saying({ read: { ...read, fold: flipped(read.fold, 0) } }),
    ],
    [
      'manifest-row-count',
      'The second count is one less.',
      saying({ rows: { ...rows, count: rows.count - 1 } }),
    ],
    [
      'manifest-row-fold',
      'One bit of the second fold is another.',
      saying({ rows: { ...rows, fold: flipped(rows.fold, -1) } }),
    ],
    [
      'manifest-sets-swapped',
      'The two sets are in another order.',
      saying({ read: rows, rows: read }),
    ],
    [
      'header-of-an-earlier-generation',
      'The header is an earlier one of this vault, with the MAC that it had.',
      { ...vault, header: encodeHeader(older, scene.place.rootKey) },
    ],
  ];
  return cases.map(([name, says, changed]) => [name, says, changed, notIntact]);
}

function rowFaults(scene: Scene): readonly Fault[] {
  const { vault, writer: made } = scene;
  const login = made.item(IDS.login);
  const body = (id: string) =>
    scene.row('items', `${id}/${String(made.item(id).lamport)}/${made.deviceId}`);
  const formerRow = scene.row(
    'items',
    `${IDS.login}/${String(login.lamport - 1)}/${made.deviceId}`,
  );
  const former = `${IDS.login}/${String(login.lamport - 1)}`;
  const wrap = scene.row('wraps', `${IDS.card}/1`);
  const isIntact = false;
  const missing: Difference = { isIntact, items: { [IDS.card]: failure('missing') } };
  const card = body(IDS.card);
  const cardName = `${IDS.card}/${String(card.lamport)}/${made.deviceId}`;
  const doubled = { ...card, lamport: card.lamport + 1 };
  const foreign = { ...card, itemId: 'cc'.repeat(16) };
  return [
    [
      'former-revision-removed',
      'A former revision was removed.',
      scene.without('items', `${former}/${made.deviceId}`),
      opened({ isIntact, former: { [former]: null } }),
    ],
    [
      'newest-revision-removed',
      'The newest revision of an item was removed.',
      scene.without('items', cardName),
      opened(missing),
    ],
    [
      'keys-removed',
      'The keys of an item were removed.',
      scene.without('wraps', `${IDS.card}/1`),
      opened({ ...keyFailure(scene, IDS.card, 'missing'), isIntact }),
    ],
    [
      'keys-changed',
      'One bit of the item key of an item is another.',
      scene.with('wraps', { ...wrap, itemKey: flipped(wrap.itemKey, 40) }),
      opened({ ...keyFailure(scene, IDS.card, 'item-key'), isIntact }),
    ],
    [
      'file-removed',
      'The head of a file was removed.',
      scene.without('attachments', `${IDS.login}/${IDS.file}`),
      opened({ isIntact, files: { [IDS.file]: null } }),
    ],
    [
      'body-doubled',
      'A body stands there a second time, with the next lamport.',
      { ...vault, items: [...vault.items, doubled] },
      opened({ isIntact, former: { [`${IDS.card}/${String(doubled.lamport)}`]: failure('body') } }),
    ],
    [
      'body-of-a-former-revision',
      'The newest body is that of the former revision.',
      scene.with('items', { ...body(IDS.login), body: formerRow.body }),
      opened({ isIntact, items: { [IDS.login]: { record: failure('body') } } }),
    ],
    [
      'body-without-an-item',
      'A body of an item that no pack names was added.',
      { ...vault, items: [...vault.items, foreign] },
      notIntact,
    ],
    [
      'document-removed',
      'A document was removed.',
      scene.without('objects', '8'),
      opened({ isIntact, documents: { savedSearches: [] } }),
    ],
    [
      'document-changed',
      'One bit of a document is another.',
      put(scene, {
        ...scene.row('objects', '9'),
        sealed: flipped(scene.row('objects', '9').sealed, -1),
      }),
      opened({ isIntact, documents: { generatorHistory: [] } }),
    ],
    [
      'document-in-the-place-of-another',
      'The saved searches are the sealed bytes of the slot names.',
      put(scene, { ...scene.row('objects', '8'), sealed: scene.row('objects', '7').sealed }),
      opened({ isIntact, documents: { savedSearches: [] } }),
    ],
  ];
}

/** Documents that are authentic and not of their form: the manifest agrees. */
function documentFaults(scene: Scene): readonly Fault[] {
  const of = (role: number, value: Json) =>
    scene.signed(resealed(scene, role, { plaintext: pad(utf8(canonical(value))) }));
  const none = (name: string) => opened({ documents: { [name]: [] } });
  return [
    [
      'slot-names-id',
      'The slot id of a name has 31 digits.',
      of(7, [{ slotId: '7'.repeat(31), name: 'x', createdAt: 1 }]),
      none('slotNames'),
    ],
    [
      'slot-names-without-time',
      'A name of a slot has no time.',
      of(7, [{ slotId: '7'.repeat(32), name: 'x' }]),
      none('slotNames'),
    ],
    [
      'saved-searches-record',
      'The saved searches are no list.',
      of(8, { id: '0011223344556677', name: 'x', text: 'y' }),
      none('savedSearches'),
    ],
    [
      'saved-searches-member',
      'A saved search has an unknown member.',
      of(8, [{ id: '0011223344556677', name: 'x', text: 'y', more: 1 }]),
      none('savedSearches'),
    ],
    [
      'generator-history-time',
      'The time of a generated value is below zero.',
      of(9, [{ value: 'x', at: -1 }]),
      none('generatorHistory'),
    ],
  ];
}

/** A vault of two packs, so that one can stand in for the other. */
function packScene(): Scene {
  const made = writer('packs', { epoch: 2 });
  for (let number = 0; number < 34; number += 1) {
    const itemId = String(number).padStart(32, '0');
    if (number < 33)
      made.addItem(sampleItem('note', { title: `Note ${String(number)}` }), { id: itemId });
  }
  return new Scene('packs', made);
}

function packFaults(scene: Scene): readonly Fault[] {
  const { vault, writer: made } = scene;
  const [first, second] = [scene.row('packs', '0'), scene.row('packs', '1')];
  const entries = made.entries();
  const bare = ({ sealed: _sealed, ...row }: PackRow) => row;
  const of = (number: number, plaintext: Uint8Array): Vault =>
    scene.signed(scene.with('packs', made.sealPack(number, plaintext)));
  const content = packContent(entries.slice(0, 32));
  const bound = packBound(bare(second), scene.place);
  const plaintext = pad(packContent(entries.slice(32)));
  const nonce = made.nonce();
  const boundTo = (wrong: typeof bound) =>
    scene.signed(
      scene.with('packs', sealPack(bare(second), scene.place, { nonce, plaintext, bound: wrong })),
    );
  const metaKey = vaultKey(scene.place, 'v1/meta');
  const entry = (change: (bytes: Uint8Array) => Uint8Array) =>
    join(uint(1, 1), change(encodeEntry(entries[32] ?? never())));
  const moved = { ...scene.without('packs', '1'), packs: [first, { ...second, number: 2 }] };
  const swapped = [
    { ...first, sealed: second.sealed },
    { ...second, sealed: first.sealed },
  ];
  const cases: readonly (readonly [string, string, Vault])[] = [
    ['pack-removed', 'A pack was removed.', scene.without('packs', '1')],
    [
      'pack-changed',
      'One bit of a pack is another.',
      scene.with('packs', { ...first, sealed: flipped(first.sealed, 100) }),
    ],
    ['pack-moved', 'A pack lies at another number.', moved],
    ['packs-swapped', 'Two packs lie at the number of the other.', { ...vault, packs: swapped }],
    [
      'pack-lamport',
      'The lamport of a pack is one more.',
      scene.with('packs', { ...second, lamport: second.lamport + 1 }),
    ],
    [
      'pack-device',
      'The device of a pack is another.',
      scene.with('packs', { ...second, deviceId: flippedHex(second.deviceId) }),
    ],
    [
      'pack-of-another-epoch',
      'A pack is of the epoch before, sealed with the keys of this one; the manifest counts it.',
      scene.signed(
        scene.with(
          'packs',
          sealPack({ ...bare(second), epoch: 1 }, scene.place, { nonce, plaintext }),
        ),
      ),
    ],
    [
      'pack-doubled',
      'A pack stands there a second time, at the next number.',
      { ...vault, packs: [first, second, { ...second, number: 2 }] },
    ],
    [
      'pack-under-the-key-of-objects',
      'A pack is sealed under K_meta; the manifest counts it.',
      scene.signed(
        scene.with('packs', {
          ...second,
          sealed: seal({ key: metaKey, aad: aadOf(bound) }, nonce, plaintext),
        }),
      ),
    ],
    [
      'item-in-two-packs',
      'An item is in two packs; the manifest counts both.',
      of(1, pad(packContent([...entries.slice(32), ...entries.slice(0, 1)]))),
    ],
    [
      'item-twice-in-a-pack',
      'An item is in a pack twice; the manifest counts it.',
      of(1, pad(packContent([...entries.slice(32), ...entries.slice(32)]))),
    ],
    [
      'pack-of-33',
      'A pack has 33 entries; the manifest counts it.',
      scene.signed({ ...vault, packs: [made.sealPack(0, pad(packContent(entries)))] }),
    ],
    [
      'pack-count-too-high',
      'A pack says one entry more than it has.',
      of(1, pad(join(uint(2, 1), packContent(entries.slice(32)).slice(1)))),
    ],
    [
      'pack-count-too-low',
      'A pack says one entry less than it has.',
      of(0, pad(join(uint(31, 1), content.slice(1)))),
    ],
    [
      'pack-with-a-byte-more',
      'A byte follows the last entry.',
      of(0, pad(join(content, uint(0, 1)))),
    ],
    ['pack-without-a-count', 'The content of a pack is empty.', of(1, pad(new Uint8Array(0)))],
    [
      'pack-kind-0',
      'The kind of an entry is 0.',
      of(1, pad(entry((bytes) => join(bytes.slice(0, 40), uint(0, 1), bytes.slice(41))))),
    ],
    [
      'pack-kind-10',
      'The kind of an entry is 10.',
      of(1, pad(entry((bytes) => join(bytes.slice(0, 40), uint(10, 1), bytes.slice(41))))),
    ],
    [
      'pack-overview-too-long',
      'The overview of an entry says more bytes than there are.',
      of(1, pad(entry((bytes) => join(bytes.slice(0, 41), uint(60_000, 4), bytes.slice(45))))),
    ],
    [
      'pack-bucket',
      'A pack is padded to a bucket too large.',
      of(1, join(plaintext, new Uint8Array(256))),
    ],
    [
      'pack-padding',
      'The last byte of the padding of a pack is not zero.',
      of(1, flipped(plaintext, -1)),
    ],
    ...wrongBounds(bound).map(
      ([field, wrong]) =>
        [
          `pack-aad-${dashed(field)}`,
          `The pack is bound to another ${field}; the manifest counts it.`,
          boundTo(wrong),
        ] as const,
    ),
  ];
  return cases.map(([name, says, changed]) => [name, says, changed, notIntact]);
}

function never(): never {
  throw new Error('the scene has this entry');
}

function toVectors(scene: Scene, faults: readonly Fault[]): readonly Vector[] {
  return faults.map(([name, says, vault, expect]) => scene.vector(name, says, vault, expect));
}

export function objectFamilies(): readonly Family[] {
  const scene = new Scene('base', baseWriter());
  const secret = byRecovery('one');
  const vaults = { base: baseToJson(scene.vault, secret, scene.writer.contents()) };
  const packs = packScene();
  const packVaults = { packs: baseToJson(packs.vault, secret, packs.writer.contents()) };
  return [
    {
      format: 1,
      family: 'meta',
      about: 'Meta objects and genesis statements with one fault: refused.',
      vaults,
      vectors: toVectors(scene, metaFaults(scene)),
    },
    {
      format: 1,
      family: 'manifest',
      about:
        'Manifests with one fault, and rows that were removed, doubled or exchanged: the vault opens and is reported.',
      vaults,
      vectors: [...toVectors(scene, manifestFaults(scene)), ...toVectors(scene, rowFaults(scene))],
    },
    {
      format: 1,
      family: 'document',
      about: 'Documents that are authentic and not of their form: empty.',
      vaults,
      vectors: toVectors(scene, documentFaults(scene)),
    },
    {
      format: 1,
      family: 'pack',
      about:
        'Packs with one fault: reported, and every item is there, its overview made again from its body.',
      vaults: packVaults,
      vectors: toVectors(packs, packFaults(packs)),
    },
  ];
}
