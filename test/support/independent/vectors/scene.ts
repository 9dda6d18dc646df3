// The vaults that the faulty vectors begin with, and the tools that put one fault into one of them.
// SPDX-License-Identifier: MIT

import { hex, type Json, unhex, utf8 } from '../bytes.ts';
import { type Secret, SLOT } from '../header.ts';
import { type Bound, type Cost, digest, type Stretch, stretchByArgon2id } from '../primitives.ts';
import { nameOf, type Row, type Table, type Vault } from '../rows.ts';
import { FULL, ONE_TIME_CODE, PASSKEY, PKCS8, sampleItem } from '../samples.ts';
import { VaultWriter, type WriterPlan, type WrittenItem } from '../write.ts';
import {
  changesBetween,
  type Difference,
  type Expectation,
  secretToJson,
  type Vector,
} from './format.ts';

export const FLOOR: Cost = { memoryKib: 65_536, passes: 3, lanes: 1 };
/** One salt for every slot with a password: a second implementation of Argon2id is slow. */
export const SALT = unhex('00112233445566778899aabbccddeeff');
export const PASSWORD = utf8('correct horse battery staple');
export const KEY_FILE = utf8('what a key file holds does not matter as long as it is the same');
export const byPassword: Secret = { type: SLOT.password, password: PASSWORD };
export const byKeyFile: Secret = {
  type: SLOT.passwordKeyFile,
  password: PASSWORD,
  keyFile: KEY_FILE,
};

export function byRecovery(name: string): Secret {
  return { type: SLOT.recovery, recoveryKey: digest(utf8(`recovery key ${name}`)) };
}

/** Each derivation once: the vectors share password and salt. */
export function remembered(stretch: Stretch): Stretch {
  const known = new Map<string, Uint8Array>();
  return (password, salt, cost) => {
    const name = JSON.stringify([hex(password), hex(salt), cost]);
    const found = known.get(name) ?? stretch(password, salt, cost);
    known.set(name, found);
    return found;
  };
}

export const stretch = remembered(stretchByArgon2id);

export const ONE_SLOT = [{ secret: byRecovery('one') }];
export const TWO_SLOTS = [{ secret: byPassword, cost: FLOOR, salt: SALT }, ...ONE_SLOT];

export function writer(seed: string, plan: Partial<WriterPlan> = {}): VaultWriter {
  return new VaultWriter({ seed: `vector ${seed}`, stretch, slots: ONE_SLOT, ...plan });
}

export const IDS = {
  login: '11'.repeat(16),
  passkey: '22'.repeat(16),
  other: '33'.repeat(16),
  old: '44'.repeat(16),
  card: '55'.repeat(16),
  file: 'aa'.repeat(16),
  otherFile: 'bb'.repeat(16),
} as const;

export const DOCUMENTS = {
  slotNames: [{ slotId: '77'.repeat(16), name: 'Recovery key in the safe', createdAt: 1 }],
  savedSearches: [{ id: '0011223344556677', name: 'Work', text: 'tag:work' }],
  generatorHistory: [{ value: 'made by chance', at: 2 }],
};

/** A vault with something of everything: epoch 2, an item of epoch 1, an edited one, passkeys, a file, documents. */
export function baseWriter(): VaultWriter {
  const made = writer('base', { slots: TWO_SLOTS, epoch: 2, generation: 5 });
  made.addItem(sampleItem('note', { note: 'of the first epoch' }), { id: IDS.old, madeIn: 1 });
  made.addItem(sampleItem('login'), { id: IDS.login });
  const file = { id: IDS.file, name: 'engine.txt', sizeBytes: 300, addedAt: 3 };
  made.editItem(IDS.login, sampleItem('login', { ...FULL, attachments: [file] }));
  made.addFile(IDS.login, IDS.file, new Uint8Array(300).fill(7));
  made.addItem(sampleItem('passkey'), { id: IDS.passkey, privateKey: PKCS8 });
  const other = { credentialId: 'b3RoZXI', rpId: 'example.com', userName: 'grace' };
  const otherKey = Uint8Array.from(PKCS8).fill(46, 0, 9);
  made.addItem(sampleItem('passkey', { ...PASSKEY, ...other }), {
    id: IDS.other,
    privateKey: otherKey,
  });
  made.addItem(sampleItem('card', { oneTimeCode: ONE_TIME_CODE }), { id: IDS.card });
  for (const [name, value] of Object.entries(DOCUMENTS)) {
    made.setDocument(name as keyof typeof DOCUMENTS, value);
  }
  return made;
}

/** A vault with files of one chunk and of two. */
export function filesWriter(): VaultWriter {
  const made = writer('files');
  made.addItem(sampleItem('login'), { id: IDS.login });
  made.addItem(sampleItem('note'), { id: IDS.other });
  made.addFile(IDS.login, IDS.file, new Uint8Array(65_636).fill(7));
  made.addFile(IDS.other, IDS.otherFile, new Uint8Array(100).fill(8));
  return made;
}

/** One vault to put faults in. A new writer for each fault would give other random bytes: there is one. */
export class Scene {
  readonly name: string;
  readonly writer: VaultWriter;
  readonly vault: Vault;

  constructor(name: string, made: VaultWriter, then = (vault: Vault): Vault => vault) {
    this.name = name;
    this.writer = made;
    this.vault = then(made.build());
  }

  get place() {
    return this.writer.place;
  }

  item(id: string): WrittenItem {
    return this.writer.item(id);
  }

  /** Name of the first row of keys of an item. */
  wrapName(id: string): string {
    return `${id}/1/${this.writer.deviceId}`;
  }

  row<T extends Table>(table: T, name: string): Row<T> {
    const rows = this.vault[table] as readonly Row<T>[];
    const row = rows.find((one) => nameOf(table, one) === name);
    if (row === undefined) throw new Error(`no row ${name} in ${table}`);
    return row;
  }

  /** The vault with a row in the place of the one of its name, the manifest as it was. */
  with<T extends Table>(table: T, row: Row<T>, vault: Vault = this.vault): Vault {
    const name = nameOf(table, row);
    const rest = (vault[table] as readonly Row[]).filter((one) => nameOf(table, one) !== name);
    return { ...vault, [table]: [...rest, row] };
  }

  without(table: Table, name: string, vault: Vault = this.vault): Vault {
    const rest = (vault[table] as readonly Row[]).filter((one) => nameOf(table, one) !== name);
    return { ...vault, [table]: rest };
  }

  /** As if the vault's own writer had written it: the manifest agrees. */
  signed(vault: Vault): Vault {
    return this.writer.withManifest(vault);
  }

  vector(name: string, says: string, vault: Vault, expect: Expectation): Vector {
    return { name, says, vault: this.name, change: changesBetween(this.vault, vault), expect };
  }
}

/** The vector with another secret than that of its vault. */
export function presenting(secret: Secret, vector: Vector): Vector {
  return { ...vector, secret: secretToJson(secret) };
}

export function refused(code: string, step: string): Expectation {
  return { refused: { code: `vault/${code}`, step } };
}

export const wrongSecret = refused('wrong-password', 'slot');

export function opened(difference: Difference): Expectation {
  return { opened: difference };
}

export const notIntact = opened({ isIntact: false });

export function failure(step: string, code = 'item-damaged'): Json {
  return { code: `vault/${code}`, step };
}

/** An item whose keys do not open: nothing under them does. */
export function keyFailure(scene: Scene, id: string, step: string): Difference {
  const { former, privateKeys } = scene.writer.contents();
  const own = Object.keys(former).filter((name) => name.startsWith(id));
  const file = step === 'missing' ? failure(step, 'attachment-not-found') : failure(step);
  const files = scene.vault.attachments.filter(({ itemId }) => itemId === id);
  return {
    items: { [id]: { record: failure(step) } },
    former: Object.fromEntries(own.map((name) => [name, failure(step)])),
    privateKeys: id in privateKeys ? { [id]: null } : {},
    files: Object.fromEntries(files.map(({ attachmentId }) => [attachmentId, file])),
  };
}

/** An item whose newest body does not open. */
export function bodyFailure(scene: Scene, id: string, step: string, code?: string): Difference {
  const { privateKeys } = scene.writer.contents();
  return {
    items: { [id]: { record: failure(step, code) } },
    ...(id in privateKeys ? { privateKeys: { [id]: null } } : {}),
  };
}

/** The same bytes with one bit of the byte at `at` changed; from the end where it is negative. */
export function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const changed = Uint8Array.from(bytes);
  const index = at < 0 ? bytes.length + at : at;
  changed[index] = (changed[index] ?? 0) ^ 1;
  return changed;
}

export function flippedHex(source: string): string {
  return hex(flipped(unhex(source), -1));
}

/** Every field of the tuple, each wrong by itself. */
export function wrongBounds(bound: Bound): readonly (readonly [string, Bound])[] {
  return [
    ['magic', { ...bound, magic: 'vlt2' }],
    ['namespace', { ...bound, namespace: 2 }],
    ['suite', { ...bound, suite: 2 }],
    ['vault id', { ...bound, vaultId: flipped(bound.vaultId, -1) }],
    ['epoch', { ...bound, epoch: bound.epoch + 1 }],
    ['object type', { ...bound, type: bound.type + 1 }],
    ['item id', { ...bound, itemId: flippedHex(bound.itemId) }],
    ['role', { ...bound, role: bound.role + 1 }],
    ['lamport', { ...bound, lamport: bound.lamport + 1 }],
    ['device id', { ...bound, deviceId: flippedHex(bound.deviceId) }],
    ['schema', { ...bound, schema: bound.schema + 1 }],
    ['extra', { ...bound, extra: Uint8Array.of(...(bound.extra ?? []), 0) }],
  ];
}

export function dashed(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}
