// Vectors of headers and slots with one fault each.
// SPDX-License-Identifier: MIT

import { join, uint, unhex, utf8 } from '../bytes.ts';
import {
  encodeCovered,
  encodeHeader,
  type Header,
  kdfBlock,
  macHeader,
  makeSlot,
  NO_KDF,
  type Secret,
  type Slot,
  slotKeys,
} from '../header.ts';
import { mac, seal } from '../primitives.ts';
import type { Vault } from '../rows.ts';
import { baseToJson, type Expectation, type Family, type Vector } from './format.ts';
import {
  baseWriter,
  byKeyFile,
  byPassword,
  byRecovery,
  FLOOR,
  flipped,
  KEY_FILE,
  PASSWORD,
  presenting,
  refused,
  SALT,
  Scene,
  writer,
  wrongSecret,
} from './scene.ts';

type Fault = readonly [name: string, says: string, header: Uint8Array, expect: Expectation];

/** A header with its fault, and the MAC that belongs to it. */
function macced(scene: Scene, change: Partial<Header>): Uint8Array {
  return encodeHeader({ ...scene.writer.header, ...change }, scene.place.rootKey);
}

/** The covered bytes cut, changed or lengthened, and the MAC that belongs to them. */
function patched(scene: Scene, at: number, bytes: Uint8Array): Uint8Array {
  const covered = encodeCovered(scene.writer.header);
  covered.set(bytes, at);
  return macHeader(covered, scene.place.rootKey, scene.place.vaultId);
}

const form = refused('header-damaged', 'form');
const inSlots = refused('header-damaged', 'slots');
const tooNew = refused('unsupported-version', 'version');
const badKdf = refused('parameters-refused', 'kdf');
const badMac = refused('header-damaged', 'mac');

function formFaults(scene: Scene): readonly Fault[] {
  const whole = scene.vault.header;
  const [first, second] = scene.writer.header.slots as readonly [Slot, Slot];
  const filled = join(whole, new Uint8Array(16_385 - whole.length));
  const renamed = (slot: Slot, byte: number): Slot => ({
    ...slot,
    slotId: flipped(slot.slotId, byte),
  });
  const nine = Array.from({ length: 9 }, (_, byte) => renamed(second, byte));
  const seventeen = Array.from({ length: 17 }, (_, n) => ({
    ...second,
    slotId: unhex(String(n).padStart(32, '0')),
  }));
  return [
    [
      'header-too-long',
      'The header has 16,385 bytes.',
      filled,
      refused('header-damaged', 'length'),
    ],
    ['header-empty', 'The header has no byte.', new Uint8Array(0), form],
    ['header-of-seven-bytes', 'The header ends within its magic.', whole.slice(0, 7), form],
    [
      'header-cut-before-the-slots',
      'The header ends after the number of slots.',
      whole.slice(0, 53),
      form,
    ],
    ['header-cut-in-a-slot', 'The header ends within its first slot.', whole.slice(0, 120), form],
    ['header-cut-by-a-byte', 'The last byte of the MAC is missing.', whole.slice(0, -1), form],
    ['header-with-a-byte-more', 'A byte follows the MAC.', join(whole, Uint8Array.of(0)), form],
    [
      'magic',
      'One bit of the magic is another.',
      patched(scene, 0, utf8('MATCHKEY')),
      refused('header-damaged', 'magic'),
    ],
    [
      'version-0',
      'The format version is 0.',
      patched(scene, 8, uint(0, 2)),
      refused('header-damaged', 'version'),
    ],
    ['version-2', 'The format version is 2.', patched(scene, 8, uint(2, 2)), tooNew],
    ['version-65535', 'The format version is 65,535.', patched(scene, 8, uint(65_535, 2)), tooNew],
    ['suite-0', 'The suite is 0.', patched(scene, 10, uint(0, 2)), tooNew],
    ['suite-2', 'The suite is 2.', patched(scene, 10, uint(2, 2)), tooNew],
    ['no-slots', 'There is no slot.', macced(scene, { slots: [] }), inSlots],
    ['seventeen-slots', 'There are 17 slots.', macced(scene, { slots: seventeen }), inSlots],
    [
      'slot-count-too-low',
      'The number of slots is one less than there are.',
      patched(scene, 52, uint(1, 1)),
      form,
    ],
    [
      'slot-count-too-high',
      'The number of slots is one more than there are.',
      patched(scene, 52, uint(3, 1)),
      form,
    ],
    [
      'two-passwords',
      'There are two slots of type 1.',
      macced(scene, { slots: [first, renamed(first, 0)] }),
      inSlots,
    ],
    [
      'password-beside-a-key-file',
      'There is a slot of type 1 and one of type 2: the key file would protect nothing.',
      macced(scene, { slots: [first, { ...renamed(first, 0), type: 2 }] }),
      inSlots,
    ],
    [
      'key-file-before-a-password',
      'There is a slot of type 2, one of type 3 and one of type 1.',
      macced(scene, { slots: [{ ...first, type: 2 }, second, renamed(first, 0)] }),
      inSlots,
    ],
    [
      'two-key-files',
      'There are two slots of type 2.',
      macced(scene, {
        slots: [
          { ...first, type: 2 },
          { ...renamed(first, 0), type: 2 },
        ],
      }),
      inSlots,
    ],
    [
      'nine-recovery-keys',
      'There are nine slots of type 3.',
      macced(scene, { slots: nine }),
      inSlots,
    ],
    [
      'slot-ids-alike',
      'Two slots have one id.',
      macced(scene, { slots: [first, { ...second, slotId: first.slotId }] }),
      inSlots,
    ],
    [
      'generation-0',
      'The generation is 0.',
      macced(scene, { generation: 0 }),
      refused('header-damaged', 'generation'),
    ],
    ['epoch-0', 'The epoch is 0.', macced(scene, { epoch: 0 }), refused('header-damaged', 'epoch')],
    [
      'roster',
      'The roster hash is not zero, and the MAC covers it.',
      macced(scene, { rosterHash: new Uint8Array(32).fill(1) }),
      refused('unsupported-version', 'roster'),
    ],
  ];
}

function typeFaults(scene: Scene): readonly Fault[] {
  const [first, second] = scene.writer.header.slots as readonly [Slot, Slot];
  const block = (bytes: Uint8Array) =>
    macced(scene, { slots: [{ ...first, kdfBlock: bytes }, second] });
  const cost = (change: Partial<typeof FLOOR>) => block(kdfBlock({ ...FLOOR, ...change }));
  const typed = (type: number) => macced(scene, { slots: [first, { ...second, type }] });
  const toCome = refused('unsupported-version', 'slot-type');
  const block9 = new Uint8Array(14).fill(9);
  const { place, header } = scene.writer;
  const withFields = (change: Partial<Slot>) =>
    macced(scene, {
      slots: [
        first,
        makeSlot({ ...second, ...change }, header, {
          secret: byRecovery('one').recoveryKey ?? NO_KDF,
          rootKey: place.rootKey,
          nonce: second.sealed.slice(0, 24),
        }),
      ],
    });
  return [
    ['type-0', 'A slot is of type 0.', typed(0), toCome],
    ['type-4', 'A slot is of type 4.', typed(4), toCome],
    ['type-255', 'A slot is of type 255.', typed(255), toCome],
    [
      'type-to-come-with-fields',
      'A slot of type 4 has 48 bytes of fields and no KDF that is known.',
      withFields({ type: 4, kdfBlock: block9, fields: new Uint8Array(48).fill(4) }),
      toCome,
    ],
    [
      'type-to-come-and-cut',
      'A slot of type 4 says one byte of fields more than the header has.',
      patched(scene, 53 + 153 + 47, uint(0xffff, 2)),
      form,
    ],
    [
      'password-with-fields',
      'A slot of type 1 has a byte of fields.',
      macced(scene, { slots: [{ ...first, fields: Uint8Array.of(0) }, second] }),
      form,
    ],
    [
      'recovery-key-with-fields',
      'A slot of type 3 has 16 bytes of fields; slotMAC and headerMAC cover them.',
      withFields({ fields: new Uint8Array(16) }),
      form,
    ],
    [
      'fields-length-without-fields',
      'A slot of type 1 says that it has a byte of fields, and has none.',
      patched(scene, 53 + 47, uint(1, 2)),
      form,
    ],
    [
      'recovery-key-with-a-kdf',
      'A slot of type 3 has a KDF block.',
      macced(scene, { slots: [first, { ...second, kdfBlock: kdfBlock(FLOOR) }] }),
      form,
    ],
    [
      'recovery-key-with-a-bit-of-kdf',
      'The last bit of the KDF block of a slot of type 3 is set.',
      macced(scene, { slots: [first, { ...second, kdfBlock: flipped(NO_KDF, -1) }] }),
      form,
    ],
    ['password-without-a-kdf', 'A slot of type 1 has a KDF block of zeros.', block(NO_KDF), badKdf],
    ['argon2i', 'The algorithm is 1.', block(join(uint(1, 1), kdfBlock(FLOOR).slice(1))), badKdf],
    [
      'argon2-version-16',
      'The version of Argon2 is 0x10.',
      block(join(uint(2, 1), uint(0x10, 1), kdfBlock(FLOOR).slice(2))),
      badKdf,
    ],
    ['memory-below', 'One KiB less than the least.', cost({ memoryKib: 65_535 }), badKdf],
    ['memory-above', 'One KiB more than the most.', cost({ memoryKib: 1_048_577 }), badKdf],
    ['memory-far-above', 'Memory of 2^32 - 1 KiB.', cost({ memoryKib: 0xffff_ffff }), badKdf],
    ['passes-below', 'Two passes.', cost({ passes: 2 }), badKdf],
    ['passes-zero', 'No pass.', cost({ passes: 0 }), badKdf],
    ['passes-above', 'Seventeen passes.', cost({ passes: 17 }), badKdf],
    ['lanes-zero', 'No lane.', cost({ lanes: 0 }), badKdf],
    ['lanes-above', 'Nine lanes.', cost({ lanes: 9 }), badKdf],
    [
      'work-above',
      'Memory and passes each allowed, 5 GiB together.',
      cost({ memoryKib: 1_048_576, passes: 5 }),
      badKdf,
    ],
  ];
}

function macFaults(scene: Scene): readonly Fault[] {
  const whole = scene.vault.header;
  const { header } = scene.writer;
  const [first, second] = header.slots as readonly [Slot, Slot];
  const covered = (change: Partial<Header>) =>
    join(encodeCovered({ ...header, ...change }), whole.slice(-32));
  return [
    [
      'mac-first-bit',
      'One bit of the first byte of the MAC is another.',
      flipped(whole, -32),
      badMac,
    ],
    ['mac-last-bit', 'One bit of the last byte of the MAC is another.', flipped(whole, -1), badMac],
    ['mac-zero', 'The MAC is zeros.', join(whole.slice(0, -32), new Uint8Array(32)), badMac],
    [
      'generation-changed',
      'The generation is one more, the MAC as it was.',
      covered({ generation: 6 }),
      badMac,
    ],
    [
      'roster-changed',
      'One bit of the roster hash is set, the MAC as it was.',
      covered({ rosterHash: flipped(header.rosterHash, 0) }),
      badMac,
    ],
    [
      'slot-removed',
      'The slot of the password was taken out, the MAC as it was.',
      covered({ slots: [second] }),
      badMac,
    ],
    [
      'slots-swapped',
      'The slots are in another order, the MAC as it was.',
      covered({ slots: [second, first] }),
      badMac,
    ],
    [
      'other-slot-changed',
      'One bit of a slot that is not used is another, the MAC as it was.',
      covered({ slots: [{ ...first, mac: flipped(first.mac, 0) }, second] }),
      badMac,
    ],
    [
      'mac-of-another-root-key',
      'The MAC is made with another root key.',
      encodeHeader(header, flipped(scene.place.rootKey, 0)),
      badMac,
    ],
    [
      'vault-id-changed',
      'One bit of the vault id is another; the MAC is made anew.',
      macced(scene, { vaultId: flipped(header.vaultId, 0) }),
      wrongSecret,
    ],
    [
      'epoch-changed',
      'The epoch is one more; the MAC is made anew.',
      macced(scene, { epoch: 3 }),
      wrongSecret,
    ],
  ];
}

function slotFaults(scene: Scene): readonly Fault[] {
  const { header, place } = scene.writer;
  const [first, second] = header.slots as readonly [Slot, Slot];
  const key = byRecovery('one').recoveryKey ?? NO_KDF;
  const at = { vaultId: place.vaultId, epoch: header.epoch };
  const put = (change: Partial<Slot>) =>
    macced(scene, { slots: [first, { ...second, ...change }] });
  const { macKey, kek, aad } = slotKeys(second, at, key);
  const nonce = second.sealed.slice(0, 24);
  const resealed = (sealed: Uint8Array) => put({ sealed, mac: mac(macKey, aad, sealed) });
  const otherEpoch = slotKeys(second, { ...at, epoch: 3 }, key);
  const remade = (rootKey: Uint8Array) => makeSlot(second, at, { secret: key, rootKey, nonce });
  return [
    [
      'slot-id',
      'One bit of the slot id is another.',
      put({ slotId: flipped(second.slotId, 0) }),
      wrongSecret,
    ],
    [
      'slot-salt',
      'One bit of the salt is another.',
      put({ salt: flipped(second.salt, 0) }),
      wrongSecret,
    ],
    [
      'slot-nonce',
      'One bit of the nonce is another.',
      put({ sealed: flipped(second.sealed, 0) }),
      wrongSecret,
    ],
    [
      'slot-ciphertext',
      'One bit of the sealed root key is another.',
      put({ sealed: flipped(second.sealed, 24) }),
      wrongSecret,
    ],
    [
      'slot-tag',
      'One bit of the tag is another.',
      put({ sealed: flipped(second.sealed, -1) }),
      wrongSecret,
    ],
    [
      'slot-mac',
      'One bit of the slot MAC is another.',
      put({ mac: flipped(second.mac, -1) }),
      wrongSecret,
    ],
    [
      'slot-mac-without-the-aad',
      'The slot MAC covers the sealed root key alone.',
      put({ mac: mac(macKey, second.sealed) }),
      wrongSecret,
    ],
    [
      'slot-mac-without-the-fields-length',
      'What slot MAC and seal cover ends with the salt.',
      put({
        sealed: seal({ key: kek, aad: aad.slice(0, -2) }, nonce, place.rootKey),
        mac: mac(
          macKey,
          aad.slice(0, -2),
          seal({ key: kek, aad: aad.slice(0, -2) }, nonce, place.rootKey),
        ),
      }),
      wrongSecret,
    ],
    [
      'slot-sealed-by-another-kek',
      'The slot MAC is right, the root key sealed by another key.',
      resealed(seal({ key: flipped(kek, 0), aad }, nonce, place.rootKey)),
      wrongSecret,
    ],
    [
      'slot-sealed-for-another-epoch',
      'The slot MAC is right, the root key sealed for the next epoch.',
      resealed(seal({ key: kek, aad: otherEpoch.aad }, nonce, place.rootKey)),
      wrongSecret,
    ],
    [
      'slot-of-another-root-key',
      'The slot is right, and what it seals is another root key.',
      macced(scene, { slots: [first, remade(flipped(place.rootKey, 0))] }),
      badMac,
    ],
    [
      'slot-tag-ends-in-the-mac',
      'The last byte of the tag is the first of the slot MAC.',
      put({ sealed: join(second.sealed.slice(0, -1), second.mac.slice(0, 1)) }),
      wrongSecret,
    ],
  ];
}

/** Wrong secrets, and slots with a password that were changed. */
function secretFaults(scene: Scene, keyFile: Scene): readonly Vector[] {
  const { vault } = scene;
  const [first, second] = scene.writer.header.slots as readonly [Slot, Slot];
  const key = byRecovery('one').recoveryKey ?? NO_KDF;
  const put = (change: Partial<Slot>): Vault => ({
    ...vault,
    header: macced(scene, { slots: [{ ...first, ...change }, second] }),
  });
  const byText = (text: string) => ({ ...byPassword, password: utf8(text) });
  const file = (content: Uint8Array) => ({ ...byKeyFile, keyFile: content });
  const one = (name: string, says: string, changed: Vault, secret = byPassword) =>
    presenting(secret, scene.vector(name, says, changed, wrongSecret));
  const other = (name: string, says: string, secret: Secret) =>
    presenting(secret, keyFile.vector(name, says, keyFile.vault, wrongSecret));
  return [
    one(
      'other-password',
      'One letter of the password is another.',
      vault,
      byText('correct horse battery stable'),
    ),
    one(
      'password-with-a-blank',
      'A blank follows the password.',
      vault,
      byText('correct horse battery staple '),
    ),
    one('password-empty', 'The password is empty.', vault, byText('')),
    one('other-recovery-key', 'One bit of the recovery key is another.', vault, {
      ...byRecovery('one'),
      recoveryKey: flipped(key, -1),
    }),
    one(
      'password-for-a-recovery-key',
      'A slot has the right password as its recovery key.',
      vault,
      { type: 3, recoveryKey: join(PASSWORD, new Uint8Array(4)) },
    ),
    one(
      'no-slot-of-the-type',
      'Password and key file are presented; no slot takes them.',
      vault,
      byKeyFile,
    ),
    one(
      'password-salt',
      'One bit of the salt of the password slot is another.',
      put({ salt: flipped(SALT, 0) }),
    ),
    one(
      'cost-changed',
      'The cost of the password slot is another one that is allowed.',
      put({ kdfBlock: kdfBlock({ ...FLOOR, passes: 4 }) }),
    ),
    one(
      'type-changed',
      'The password slot says that it needs a key file, and the password alone is presented.',
      put({ type: 2 }),
    ),
    other(
      'other-key-file',
      'A byte follows the content of the key file.',
      file(join(KEY_FILE, Uint8Array.of(10))),
    ),
    other(
      'key-file-missing',
      'The password alone is presented where a key file is needed.',
      byPassword,
    ),
    other('other-password-with-key-file', 'The key file is right and the password is not.', {
      ...byKeyFile,
      password: utf8('correct horse battery stable'),
    }),
  ];
}

export function headerFamilies(): readonly Family[] {
  const scene = new Scene('base', baseWriter());
  const keyFileWriter = writer('key file', {
    slots: [{ secret: byKeyFile, cost: FLOOR, salt: SALT }],
  });
  const keyFile = new Scene('key-file', keyFileWriter);
  const base = baseToJson(scene.vault, byRecovery('one'), scene.writer.contents());
  const vaults = { base };
  const vectors = (faults: readonly Fault[]) =>
    faults.map(([name, says, header, expect]) =>
      scene.vector(name, says, { ...scene.vault, header }, expect),
    );
  const keyFileJson = baseToJson(keyFile.vault, byKeyFile, keyFileWriter.contents());
  return [
    {
      ...{
        format: 1,
        family: 'header',
        about: 'Headers with one fault, each refused at the step that is named.',
      },
      ...{
        vaults,
        vectors: vectors([...formFaults(scene), ...typeFaults(scene), ...macFaults(scene)]),
      },
    },
    {
      ...{ format: 1, family: 'slot', about: 'Slots with one fault, and secrets that open none.' },
      vaults: { base, 'key-file': keyFileJson },
      vectors: [...vectors(slotFaults(scene)), ...secretFaults(scene, keyFile)],
    },
  ];
}
