// Vectors of items with one fault each: their keys, the seals of their bodies, and private keys. The manifest agrees with every row, so that
// the fault is the only one.
// SPDX-License-Identifier: MIT

import { join, uint } from '../bytes.ts';
import { aadOf, type Bound, open, pad, seal } from '../primitives.ts';
import { PKCS8 } from '../samples.ts';
import type { BodyRow, Vault, WrapRow } from '../rows.ts';
import {
  bodyBound,
  bodyContent,
  encodePrivateKeyHead,
  openPasskeyKey,
  privateKeyBound,
  sealWrap,
  vaultKey,
  wrapBound,
} from '../sealing.ts';
import type { Rec } from '../shapes.ts';
import { bodyFamily } from './body-faults.ts';
import {
  baseToJson,
  type Difference,
  type Expectation,
  type Family,
  type Vector,
} from './format.ts';
import {
  baseWriter,
  bodyFailure,
  byRecovery,
  dashed,
  failure,
  flipped,
  flippedHex,
  IDS,
  keyFailure,
  opened,
  Scene,
  wrongBounds,
} from './scene.ts';

type Fault = readonly [name: string, says: string, vault: Vault, expect: Expectation];

function bodyRow(scene: Scene, id: string): BodyRow {
  const { lamport } = scene.item(id);
  return scene.row('items', `${id}/${String(lamport)}/${scene.writer.deviceId}`);
}

function wrapFaults(scene: Scene): readonly Fault[] {
  const { place } = scene;
  const id = IDS.login;
  const row = scene.row('wraps', scene.wrapName(id));
  const passkey = scene.row('wraps', scene.wrapName(IDS.passkey));
  const other = scene.row('wraps', scene.wrapName(IDS.other));
  const { keys } = scene.item(id);
  const nonces = [scene.writer.nonce(), scene.writer.nonce()] as const;
  const put = (...rows: readonly WrapRow[]) =>
    scene.signed(rows.reduce((vault, one) => scene.with('wraps', one, vault), scene.vault));
  const itemKey = (change: Partial<WrapRow>) => put({ ...row, ...change });
  const [own, ownPasskey] = [wrapBound(row, place, 2), wrapBound(row, place, 3)];
  const boundTo = (bound: Bound) =>
    put(sealWrap(row, place, { ...keys, nonces, bounds: [bound, ownPasskey] }));
  const passkeyBound = wrapBound(passkey, place, 3);
  const passkeyTo = (bound: Bound) =>
    put({
      ...sealWrap(passkey, place, {
        ...scene.item(IDS.passkey).keys,
        nonces,
        bounds: [wrapBound(passkey, place, 2), bound],
      }),
      itemKey: passkey.itemKey,
    });
  const replacedWrap = (of: string, change: Partial<WrapRow>): Vault => {
    const rest = scene.without('wraps', scene.wrapName(of));
    const former = scene.row('wraps', scene.wrapName(of));
    return { ...rest, wraps: [...rest.wraps, { ...former, ...change }] };
  };
  const renamed = (change: Partial<WrapRow>) => scene.signed(replacedWrap(id, change));
  const card = bodyRow(scene, IDS.card);
  const noItemKey = opened(keyFailure(scene, id, 'item-key'));
  const noPrivateKey = opened({ privateKeys: { [IDS.passkey]: failure('private-key') } });
  const box = { key: vaultKey(place, 'v1/wrap'), aad: aadOf(own) };
  const sealedAs = (plaintext: Uint8Array) => itemKey({ itemKey: seal(box, nonces[0], plaintext) });
  const wrongEpoch = sealWrap(row, place, { ...keys, nonces, madeIn: 1 });
  const bodies: Difference = {
    items: { [id]: { record: failure('body') } },
    former: Object.fromEntries(
      Object.keys(scene.writer.contents().former).map((name) => [name, failure('body')]),
    ),
    files: { [IDS.file]: failure('seal', 'attachment-damaged') },
  };
  return [
    [
      'item-key-changed',
      'One bit of the sealed item key is another.',
      itemKey({ itemKey: flipped(row.itemKey, 30) }),
      noItemKey,
    ],
    [
      'item-key-cut',
      'The sealed item key has 39 bytes.',
      itemKey({ itemKey: row.itemKey.slice(0, 39) }),
      noItemKey,
    ],
    [
      'item-key-empty',
      'The sealed item key has no byte.',
      itemKey({ itemKey: new Uint8Array(0) }),
      noItemKey,
    ],
    [
      'item-key-of-another-item',
      'The sealed item key is that of another item.',
      itemKey({ itemKey: passkey.itemKey }),
      noItemKey,
    ],
    [
      'item-key-is-the-passkey-key',
      'The sealed item key is the sealed passkey key.',
      itemKey({ itemKey: row.passkeyKey }),
      noItemKey,
    ],
    [
      'item-key-device',
      'The device of the row is another than the one that the bodies name.',
      renamed({ deviceId: flippedHex(row.deviceId) }),
      opened(keyFailure(scene, id, 'missing')),
    ],
    [
      'item-key-device-everywhere',
      'The device of the row is another, and the body names it.',
      scene.signed(
        scene.with(
          'items',
          { ...card, keyDevice: flippedHex(card.keyDevice) },
          replacedWrap(IDS.card, { deviceId: flippedHex(card.keyDevice) }),
        ),
      ),
      opened(keyFailure(scene, IDS.card, 'item-key')),
    ],
    ['item-key-epoch', 'The epoch of the row is one less.', itemKey({ epoch: 1 }), noItemKey],
    [
      'item-key-version',
      'The keys have version 2, and the bodies name version 1.',
      renamed({ version: 2 }),
      opened(keyFailure(scene, id, 'missing')),
    ],
    [
      'item-key-without-epoch',
      'The plaintext is the key alone.',
      sealedAs(keys.itemKey),
      noItemKey,
    ],
    [
      'item-key-too-short',
      'The plaintext has 35 bytes.',
      sealedAs(join(keys.itemKey, uint(2, 3))),
      noItemKey,
    ],
    [
      'item-key-with-a-byte-more',
      'The plaintext has 37 bytes.',
      sealedAs(join(keys.itemKey, uint(2, 4), uint(0, 1))),
      noItemKey,
    ],
    [
      'item-key-in-use-with-a-digest',
      'The keys were made in this epoch, and a digest follows.',
      sealedAs(join(keys.itemKey, uint(2, 4), new Uint8Array(16))),
      noItemKey,
    ],
    [
      'item-key-made-in-epoch-0',
      'The plaintext says that the keys were made in epoch 0.',
      sealedAs(join(keys.itemKey, uint(0, 4))),
      noItemKey,
    ],
    [
      'item-key-made-in-an-epoch-to-come',
      'The plaintext says that the keys were made in epoch 3.',
      sealedAs(join(keys.itemKey, uint(3, 4))),
      noItemKey,
    ],
    [
      'item-key-made-in-another-epoch',
      'The plaintext says that the keys were made in epoch 1.',
      put(wrongEpoch),
      opened(bodies),
    ],
    ...wrongBounds(own).map(([field, bound]): Fault => [
      `item-key-aad-${dashed(field)}`,
      `The item key is bound to another ${field}.`,
      boundTo(bound),
      noItemKey,
    ]),
    [
      'passkey-key-changed',
      'One bit of the sealed passkey key is another.',
      put({ ...passkey, passkeyKey: flipped(passkey.passkeyKey, 30) }),
      noPrivateKey,
    ],
    [
      'passkey-key-of-another-item',
      'The sealed passkey key is that of another passkey.',
      put({ ...passkey, passkeyKey: other.passkeyKey }),
      noPrivateKey,
    ],
    [
      'passkey-key-short',
      'The plaintext of the passkey key has 31 bytes.',
      put({ ...passkey, passkeyKey: passkeySealed(scene, passkey, (key) => key.slice(1)) }),
      noPrivateKey,
    ],
    [
      'passkey-key-long',
      'The plaintext of the passkey key has 33 bytes.',
      put({
        ...passkey,
        passkeyKey: passkeySealed(scene, passkey, (key) => join(key, uint(0, 1))),
      }),
      noPrivateKey,
    ],
    ...wrongBounds(passkeyBound).map(([field, bound]): Fault => [
      `passkey-key-aad-${dashed(field)}`,
      `The passkey key is bound to another ${field}.`,
      passkeyTo(bound),
      noPrivateKey,
    ]),
  ];
}

function passkeySealed(
  scene: Scene,
  row: WrapRow,
  change: (key: Uint8Array) => Uint8Array,
): Uint8Array {
  const box = {
    key: vaultKey(scene.place, 'v1/passkey'),
    aad: aadOf(wrapBound(row, scene.place, 3)),
  };
  return seal(box, scene.writer.nonce(), change(openPasskeyKey(row, scene.place)));
}

function sealFaults(scene: Scene): readonly Fault[] {
  const { place, writer: made } = scene;
  const item = scene.item(IDS.card);
  const row = bodyRow(scene, IDS.card);
  const bound = bodyBound(row, place, item.keys.madeIn);
  const plaintext = open({ key: item.keys.itemKey, aad: aadOf(bound) }, row.body);
  const at = (one: Bound, key = item.keys.itemKey): BodyRow => ({
    ...row,
    body: seal({ key, aad: aadOf(one) }, made.nonce(), plaintext),
  });
  const put = (one: BodyRow) => scene.signed(scene.with('items', one));
  const body = opened(bodyFailure(scene, IDS.card, 'body'));
  const later = { ...bound, schema: 2 };
  return [
    [
      'body-changed',
      'One bit of the body is another.',
      put({ ...row, body: flipped(row.body, 50) }),
      body,
    ],
    [
      'body-nonce',
      'One bit of the nonce is another.',
      put({ ...row, body: flipped(row.body, 0) }),
      body,
    ],
    [
      'body-tag',
      'One bit of the tag is another.',
      put({ ...row, body: flipped(row.body, -1) }),
      body,
    ],
    ['body-cut', 'The body has 39 bytes.', put({ ...row, body: row.body.slice(0, 39) }), body],
    ['body-empty', 'The body has no byte.', put({ ...row, body: new Uint8Array(0) }), body],
    [
      'body-of-another-item',
      'The body is that of another item.',
      put({ ...row, body: bodyRow(scene, IDS.login).body }),
      body,
    ],
    ['body-schema-of-the-row', 'The row says schema 2.', put({ ...row, schema: 2 }), body],
    [
      'body-schema-2',
      'Row and body are of schema 2.',
      put({ ...at(later), schema: 2 }),
      opened(bodyFailure(scene, IDS.card, 'schema', 'unsupported-version')),
    ],
    [
      'body-under-the-passkey-key',
      'The body is sealed under PK.',
      put(at(bound, item.keys.passkeyKey)),
      body,
    ],
    [
      'body-key-version',
      'The row names keys that are not there.',
      put({ ...row, keyVersion: 2 }),
      opened(bodyFailure(scene, IDS.card, 'missing')),
    ],
    [
      'body-key-device',
      'The row names the keys of a device that has made none.',
      put({ ...row, keyDevice: flippedHex(row.keyDevice) }),
      opened(bodyFailure(scene, IDS.card, 'missing')),
    ],
    ...wrongBounds(bound).map(([field, wrong]): Fault => [
      `body-aad-${dashed(field)}`,
      `The body is bound to another ${field}.`,
      put(at(wrong)),
      body,
    ]),
  ];
}

function privateKeyFaults(scene: Scene): readonly Fault[] {
  const { place, writer: made } = scene;
  const item = scene.item(IDS.passkey);
  const head = { lamport: item.lamport, deviceId: made.deviceId, epoch: item.keys.madeIn };
  const bound = privateKeyBound({ id: item.id, record: item.record }, head, place);
  const put = (privateKey: Uint8Array, record = item.record) =>
    scene.signed(scene.with('items', made.sealBody(item, pad(bodyContent(record, privateKey)))));
  const of = (plaintext: Uint8Array, wrong: Bound = bound, key = item.keys.passkeyKey) =>
    put(
      join(encodePrivateKeyHead(head), seal({ key, aad: aadOf(wrong) }, made.nonce(), plaintext)),
    );
  const none = opened({ privateKeys: { [item.id]: failure('private-key') } });
  const own = item.privateKey;
  const changed = (change: Rec): readonly [Vault, Expectation] => {
    const record = { ...item.record, ...change };
    return [
      put(own, record),
      opened({
        items: { [item.id]: { record: change } },
        privateKeys: { [item.id]: failure('private-key') },
      }),
    ];
  };
  const headed = (change: Partial<typeof head>) =>
    put(join(encodePrivateKeyHead({ ...head, ...change }), own.slice(28)));
  return [
    ['private-key-missing', 'A passkey has no private key.', put(new Uint8Array(0)), none],
    ['private-key-cut-in-its-head', 'The private key has 27 bytes.', put(own.slice(0, 27)), none],
    ['private-key-cut', 'The private key has a byte less.', put(own.slice(0, -1)), none],
    ['private-key-changed', 'One bit of the private key is another.', put(flipped(own, -1)), none],
    [
      'private-key-head-lamport',
      'The lamport of the head is one more.',
      headed({ lamport: head.lamport + 1 }),
      none,
    ],
    [
      'private-key-head-device',
      'The device of the head is another.',
      headed({ deviceId: flippedHex(head.deviceId) }),
      none,
    ],
    ['private-key-head-epoch', 'The epoch of the head is one less.', headed({ epoch: 1 }), none],
    [
      'private-key-of-another-passkey',
      'The private key is that of another passkey.',
      put(scene.item(IDS.other).privateKey),
      none,
    ],
    [
      'private-key-under-the-item-key',
      'The private key is sealed under IK.',
      of(pad(PKCS8), bound, item.keys.itemKey),
      none,
    ],
    ['private-key-not-padded', 'The private key is not padded.', of(PKCS8), none],
    [
      'private-key-padding',
      'The last byte of the padding is not zero.',
      of(flipped(pad(PKCS8), -1)),
      none,
    ],
    [
      'private-key-rp-id',
      'The passkey is given another RP ID.',
      ...changed({ rpId: 'example.net' }),
    ],
    [
      'private-key-user-handle',
      'The passkey is given another user handle.',
      ...changed({ userHandle: 'YWRi' }),
    ],
    [
      'private-key-credential-id',
      'The passkey is given another credential id.',
      ...changed({ credentialId: 'b3RoZXIgaWQ' }),
    ],
    [
      'private-key-algorithm',
      'The passkey is given another algorithm.',
      ...changed({ algorithm: 'EdDSA' }),
    ],
    ...wrongBounds(bound).map(([field, wrong]): Fault => [
      `private-key-aad-${dashed(field)}`,
      `The private key is bound to another ${field}.`,
      of(pad(PKCS8), wrong),
      none,
    ]),
  ];
}

function toVectors(scene: Scene, faults: readonly Fault[]): readonly Vector[] {
  return faults.map(([name, says, vault, expect]) => scene.vector(name, says, vault, expect));
}

export function itemFamilies(): readonly Family[] {
  const scene = new Scene('base', baseWriter());
  const secret = byRecovery('one');
  const vaults = { base: baseToJson(scene.vault, secret, scene.writer.contents()) };
  return [
    {
      format: 1,
      family: 'wrap',
      about:
        'Keys of items with one fault; the manifest agrees. The item, or its private key, is refused by itself.',
      vaults,
      vectors: toVectors(scene, wrapFaults(scene)),
    },
    bodyFamily(),
    {
      format: 1,
      family: 'body-seal',
      about: 'Bodies that do not open; the manifest agrees.',
      vaults,
      vectors: toVectors(scene, sealFaults(scene)),
    },
    {
      format: 1,
      family: 'private-key',
      about: 'Private keys with one fault: the passkey reads and cannot be used.',
      vaults,
      vectors: toVectors(scene, privateKeyFaults(scene)),
    },
  ];
}
