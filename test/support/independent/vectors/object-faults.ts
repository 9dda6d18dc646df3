// Vectors of the vault's own objects with one fault each: meta, genesis, manifest, documents.
// SPDX-License-Identifier: MIT

import { base64url, canonical, join, type Json, uint, utf8 } from '../bytes.ts';
import { encodeHeader } from '../header.ts';
import type { aadOf } from '../primitives.ts';
import { digest, pad, ROLES } from '../primitives.ts';
import type { ObjectRow, Vault } from '../rows.ts';
import { encodeGenesis, encodeManifest, objectBound, openObject, sealObject } from '../sealing.ts';
import { baseToJson, type Difference, type Family } from './format.ts';
import {
  baseWriter,
  byRecovery,
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
} from './scene.ts';
import { sampleItem } from '../samples.ts';
import { type Fault, toVectors } from './fault.ts';
import { packFamily } from './pack-faults.ts';

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
    [
      'meta-member-twice',
      'The device id stands twice.',
      resealed(scene, ROLES.meta, {
        plaintext: pad(utf8(canonical(right).replace('{', `{"deviceId":"${'0'.repeat(32)}",`))),
      }),
      gone,
    ],
    [
      'meta-white-space',
      'White space is before the JSON.',
      resealed(scene, ROLES.meta, { plaintext: pad(utf8(` ${canonical(right)}`)) }),
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
  const wrap = scene.row('wraps', scene.wrapName(IDS.card));
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
      scene.without('wraps', scene.wrapName(IDS.card)),
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
  const text = (role: number, source: string) =>
    scene.signed(resealed(scene, role, { plaintext: pad(utf8(source)) }));
  const search = '{"id":"0011223344556677","name":"x","text":"y"}';
  return [
    [
      'saved-searches-member-twice',
      'The text of a saved search stands twice.',
      text(8, `[${search.replace('"text"', '"text":"z","text"')}]`),
      none('savedSearches'),
    ],
    [
      'saved-searches-white-space',
      'There is white space between two saved searches.',
      text(8, `[${search}, ${search}]`),
      none('savedSearches'),
    ],
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

/** A vault with an object of a later version. */
function laterScene(): Scene {
  const made = writer('later');
  made.addItem(sampleItem('login'), { id: IDS.login });
  const later = made.sealObject(200, utf8('what a later version wrote'));
  return new Scene('later', made, (vault) =>
    made.withManifest({ ...vault, objects: [...vault.objects, later] }),
  );
}

function unknownFaults(scene: Scene): readonly Fault[] {
  const row = scene.row('objects', '200');
  const cases: readonly (readonly [string, string, Vault])[] = [
    ['unknown-role-removed', 'It was removed.', scene.without('objects', '200')],
    [
      'unknown-role-changed',
      'One bit of it is another.',
      put(scene, { ...row, sealed: flipped(row.sealed, 30) }),
    ],
    [
      'unknown-role-lamport',
      'Its lamport is one more.',
      put(scene, { ...row, lamport: row.lamport + 1 }),
    ],
    [
      'unknown-role-device',
      'Its device is another.',
      put(scene, { ...row, deviceId: flippedHex(row.deviceId) }),
    ],
    ['unknown-role-epoch', 'Its epoch is one more.', put(scene, { ...row, epoch: row.epoch + 1 })],
    [
      'unknown-role-moved',
      'It has another role that is unknown.',
      scene.with('objects', { ...row, role: 201 }, scene.without('objects', '200')),
    ],
    ['unknown-role-added', 'A second one was added.', put(scene, { ...row, role: 201 })],
  ];
  return cases.map(([name, says, changed]) => [name, says, changed, notIntact]);
}

export function objectFamilies(): readonly Family[] {
  const scene = new Scene('base', baseWriter());
  const secret = byRecovery('one');
  const vaults = { base: baseToJson(scene.vault, secret, scene.writer.contents()) };
  const later = laterScene();
  return [
    {
      format: 1,
      family: 'unknown-role',
      about: 'An object of a role of a later version, which the manifest counts, with one fault.',
      vaults: { later: baseToJson(later.vault, secret, later.writer.contents()) },
      vectors: toVectors(later, unknownFaults(later)),
    },
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
    packFamily(),
  ];
}
