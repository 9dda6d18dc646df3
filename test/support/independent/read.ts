// A reader of whole vaults, second implementation: the order of checks of docs/vault-format.md, and then everything that
// the vault holds, or why it cannot be had.
// SPDX-License-Identifier: MIT

import { hex, type Json, Malformed, parseCanonical, Refused, sameBytes, uint } from './bytes.ts';
import { openSlot, parseHeader, type ReadHeader, type Secret, secretOf } from './header.ts';
import { aadOf, digest, mac, open, ROLES, type Stretch, unpad } from './primitives.ts';
import type { BodyRow, HeadRow, Row, Table, Vault, WrapRow } from './rows.ts';
import {
  attachmentKey,
  bodyBound,
  CHUNK,
  chunkBound,
  chunkSize,
  digestChunks,
  encodeRow,
  foldOf,
  type FoundEntry,
  hashHeader,
  headBound,
  type Manifest,
  type OpenedKey,
  openItemKey,
  openObject,
  openPack,
  openPasskeyKey,
  openPrivateKey,
  overviewIn,
  parseBody,
  parseHead,
  parseManifest,
  parseMeta,
  type Place,
  type RowSet,
  vaultKey,
} from './sealing.ts';
import {
  checkDocument,
  type DocumentName,
  DOCUMENTS,
  type Overview,
  overviewOf,
  type Rec,
} from './shapes.ts';

export interface Failure {
  readonly code: string;
  readonly step: string;
}

export interface FoundItem {
  readonly lamport: number;
  readonly overview: Overview | Failure;
  readonly record: Rec | Failure;
}

/** All that can be had of a vault. */
export interface Contents {
  readonly isIntact: boolean;
  readonly items: Readonly<Record<string, FoundItem | Failure>>;
  /** Revisions other than the newest, by `item id/lamport`. */
  readonly former: Readonly<Record<string, Rec | Failure>>;
  /** PKCS#8 of passkeys. */
  readonly privateKeys: Readonly<Record<string, string | Failure>>;
  /** SHA-256 of the files, by attachment id. */
  readonly files: Readonly<Record<string, string | Failure>>;
  readonly documents: Readonly<Record<string, Json>>;
}

export type Outcome = { readonly refused: Failure } | { readonly opened: Contents };

/** The root key of a vault, and its header. Throws Refused. */
export function unlock(vault: Vault, secret: Secret, stretch: Stretch) {
  const header = parseHeader(vault.header);
  const rootKey = rootKeyOf(header, secret, stretch);
  const place = { vaultId: header.vaultId, rootKey };
  if (!sameBytes(mac(vaultKey(place, 'v1/header'), header.covered), header.mac)) {
    throw new Refused('vault/header-damaged', 'mac');
  }
  if (header.rosterHash.some((byte) => byte !== 0)) {
    throw new Refused('vault/unsupported-version', 'roster');
  }
  return { header, place };
}

function rootKeyOf(header: ReadHeader, secret: Secret, stretch: Stretch): Uint8Array {
  for (const slot of header.slots.filter(({ type }) => type === secret.type)) {
    const opened = openSlot(slot, header, secretOf(secret, slot, stretch));
    if (typeof opened !== 'string') return opened;
  }
  throw new Refused('vault/wrong-password', 'slot');
}

export function readVault(vault: Vault, secret: Secret, stretch: Stretch): Outcome {
  try {
    const { header, place } = unlock(vault, secret, stretch);
    return { opened: new Reader(vault, header, place).read() };
  } catch (error) {
    if (error instanceof Refused) return { refused: { code: error.code, step: error.step } };
    throw error;
  }
}

const U32 = 0xffff_ffff;
/** The ranges of numbered columns: a row outside them is no row. */
const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  role: [1, 255],
  epoch: [1, U32],
  number: [0, Number.MAX_SAFE_INTEGER],
  version: [1, Number.MAX_SAFE_INTEGER],
  schema: [1, 0xffff],
  keyVersion: [1, Number.MAX_SAFE_INTEGER],
  lamport: [0, Number.MAX_SAFE_INTEGER],
};
const LAST_NUMBERS: Readonly<Partial<Record<Table, number>>> = {
  packs: U32,
  attachments: 2 ** 35 - 1,
};
/** How many bytes a column may hold. */
const MOST_BYTES: Readonly<Record<Table, Readonly<Record<string, number>>>> = {
  objects: { sealed: 2 ** 24 },
  packs: { sealed: 2 ** 24 },
  wraps: { itemKey: 2 ** 24, passkeyKey: 1024 },
  items: { body: 2 ** 24 },
  attachments: { sealed: 1024 },
  chunks: { sealed: 65_576 },
};

function isRow(table: Table, row: Row): boolean {
  return Object.entries(row).every(([name, value]) => {
    const [least, most] = RANGES[name] ?? [0, Infinity];
    if (name === 'number' && value > (LAST_NUMBERS[table] ?? Infinity)) return false;
    if (value instanceof Uint8Array) return value.length <= (MOST_BYTES[table][name] ?? Infinity);
    return typeof value !== 'number' || (value >= least && value <= most);
  });
}

interface Shown {
  readonly row: BodyRow;
  readonly overview: Overview | Failure;
}

class Reader {
  readonly #vault: Vault;
  readonly #header: ReadHeader;
  readonly #place: Place;
  #isIntact = true;

  constructor(vault: Vault, header: ReadHeader, place: Place) {
    const { objects, packs, wraps, items, attachments, chunks } = vault;
    this.#vault = {
      header: vault.header,
      objects: objects.filter((row) => isRow('objects', row)),
      packs: packs.filter((row) => isRow('packs', row)).sort((a, b) => a.number - b.number),
      wraps: wraps.filter((row) => isRow('wraps', row)),
      items: items.filter((row) => isRow('items', row)),
      attachments: attachments.filter((row) => isRow('attachments', row)),
      chunks: chunks.filter((row) => isRow('chunks', row)),
    };
    this.#header = header;
    this.#place = place;
  }

  read(): Contents {
    this.#checkMeta();
    const { entries, unusable } = this.#packs();
    const manifest = this.#manifest();
    const { read, rows } = this.#sets();
    const isSound =
      manifest !== null &&
      !unusable &&
      sameBytes(manifest.headerHash, hashHeader(this.#vault.header)) &&
      sameSet(manifest.read, read);
    this.#isIntact = isSound && manifest.flags === 0 && sameSet(manifest.rows, rows);
    const shown = this.#shown(entries, isSound);
    return {
      isIntact: this.#isIntact,
      items: this.#items(shown),
      former: this.#former(shown),
      privateKeys: this.#privateKeys(shown),
      files: this.#files(),
      documents: this.#documents(),
    };
  }

  #checkMeta(): void {
    const row = this.#vault.objects.find(({ role }) => role === ROLES.meta);
    try {
      if (row === undefined) throw new Malformed('no meta object');
      const { statement } = parseMeta(openObject(row, this.#place));
      if (!sameBytes(digest(statement), this.#place.vaultId)) {
        throw new Refused('vault/corrupt', 'genesis');
      }
    } catch (error) {
      if (error instanceof Malformed) throw new Refused('vault/corrupt', 'meta');
      throw error;
    }
  }

  #packs() {
    const entries = new Map<string, FoundEntry>();
    let unusable = false;
    for (const row of this.#vault.packs) {
      const found =
        row.epoch === this.#header.epoch ? attempt(() => openPack(row, this.#place)) : null;
      if (found === null || found.some(({ itemId }) => entries.has(itemId))) unusable = true;
      else for (const entry of found) entries.set(entry.itemId, entry);
    }
    for (const entry of [...entries.values()]) {
      if (attempt(() => overviewIn(entry)) !== null) continue;
      entries.delete(entry.itemId);
      unusable = true;
    }
    return { entries, unusable };
  }

  #manifest(): Manifest | null {
    const row = this.#vault.objects.find(({ role }) => role === ROLES.manifest);
    return row === undefined ? null : attempt(() => parseManifest(openObject(row, this.#place)));
  }

  #sets(): { read: RowSet; rows: RowSet } {
    const key = vaultKey(this.#place, 'v1/manifest');
    const objects = this.#vault.objects.filter(({ role }) => role !== ROLES.manifest);
    const encoded = (table: 'objects' | 'packs' | 'items' | 'wraps' | 'attachments') =>
      this.#vault[table].map((row) => encodeRow(table, row));
    return {
      read: foldOf(key, [...objects.map((row) => encodeRow('objects', row)), ...encoded('packs')]),
      rows: foldOf(key, [...encoded('items'), ...encoded('wraps'), ...encoded('attachments')]),
    };
  }

  /** Which revision of each item stands for it: by the packs, or where they are not sound by the bodies. */
  #shown(entries: ReadonlyMap<string, FoundEntry>, isSound: boolean): Map<string, Shown | null> {
    const shown = new Map<string, Shown | null>();
    for (const entry of entries.values()) {
      const row = this.#body(entry.itemId, entry);
      const overview = orFailure('overview', () => overviewIn(entry));
      shown.set(entry.itemId, row === null ? null : { row, overview });
    }
    if (isSound) return shown;
    for (const itemId of new Set(this.#vault.items.map((row) => row.itemId))) {
      const [newest, ...older] = this.#bodiesOf(itemId);
      const known = entries.get(itemId);
      if (newest === undefined || (known && sameRevision(known, newest))) continue;
      const found = [newest, ...older].find((row) => !isFailure(this.#record(row)));
      if (found !== undefined) {
        shown.set(itemId, { row: found, overview: overviewOf(this.#record(found) as Rec) });
      } else if (known === undefined) shown.set(itemId, null);
    }
    return shown;
  }

  #items(shown: ReadonlyMap<string, Shown | null>): Contents['items'] {
    return Object.fromEntries(
      [...shown].map(([itemId, one]) => [
        itemId,
        one === null
          ? { code: 'vault/item-damaged', step: 'missing' }
          : { lamport: one.row.lamport, overview: one.overview, record: this.#record(one.row) },
      ]),
    );
  }

  #former(shown: ReadonlyMap<string, Shown | null>): Contents['former'] {
    const current = new Set([...shown.values()].map((one) => one?.row));
    const rows = this.#vault.items.filter((row) => !current.has(row) && shown.has(row.itemId));
    return Object.fromEntries(
      rows.map((row) => [`${row.itemId}/${String(row.lamport)}`, this.#record(row)]),
    );
  }

  #record(row: BodyRow): Rec | Failure {
    const body = this.#openBody(row);
    return isFailure(body) ? body : body.item;
  }

  #openBody(row: BodyRow) {
    const wrap = this.#wrap(row);
    if (wrap === undefined) return { code: 'vault/item-damaged', step: 'missing' };
    const keys = orFailure('item-key', () => openItemKey(wrap, this.#place, this.#header.epoch));
    if (isFailure(keys)) return keys;
    const aad = aadOf(bodyBound(row, this.#place, keys.madeIn));
    const plaintext = orFailure('body', () => open({ key: keys.itemKey, aad }, row.body));
    if (isFailure(plaintext)) return plaintext;
    if (!keys.holds(row.body)) return { code: 'vault/item-damaged', step: 'former-key' };
    if (row.schema !== 1) return { code: 'vault/unsupported-version', step: 'schema' };
    return orFailure('form', () => parseBody(plaintext));
  }

  #privateKeys(shown: ReadonlyMap<string, Shown | null>): Contents['privateKeys'] {
    const found: Record<string, string | Failure> = {};
    for (const [id, one] of shown) {
      if (one === null) continue;
      const body = this.#openBody(one.row);
      const wrap = this.#wrap(one.row);
      if (isFailure(body) || wrap === undefined || body.item.kind !== 'passkey') continue;
      const key = orFailure('private-key', () => {
        const passkeyKey = openPasskeyKey(wrap, this.#place);
        const { vaultId } = this.#place;
        return openPrivateKey({ id, record: body.item }, body.privateKey, { passkeyKey, vaultId });
      });
      found[id] = isFailure(key) ? key : hex(key);
    }
    return found;
  }

  #files(): Contents['files'] {
    return Object.fromEntries(
      this.#vault.attachments.map((row) => [row.attachmentId, this.#file(row)]),
    );
  }

  #file(row: HeadRow): string | Failure {
    const wrap = this.#wrap(row);
    if (wrap === undefined) return { code: 'vault/attachment-not-found', step: 'missing' };
    const keys = orFailure('item-key', () => openItemKey(wrap, this.#place, this.#header.epoch));
    if (isFailure(keys)) return keys;
    try {
      return hex(digest(...this.#chunks(row, keys)));
    } catch (error) {
      if (error instanceof Refused) return { code: error.code, step: error.step };
      throw error;
    }
  }

  #chunks(row: HeadRow, keys: OpenedKey): readonly Uint8Array[] {
    const key = attachmentKey(keys.itemKey, row.attachmentId);
    const place = { vaultId: this.#place.vaultId, madeIn: keys.madeIn };
    const opened = (sealed: Uint8Array, aad: Uint8Array): Uint8Array =>
      attempt(() => open({ key, aad }, sealed)) ?? damagedFile('seal');
    const plainHead = opened(row.sealed, aadOf(headBound(row, place)));
    if (!keys.holds(row.sealed)) damagedFile('former-key');
    const head = attempt(() => parseHead(plainHead)) ?? damagedFile('head');
    const { size, chunks } = head;
    const sealed: Uint8Array[] = [];
    const parts = Array.from({ length: chunks }, (_, index) => {
      const id = row.number * 2 ** 18 + index;
      const chunk = this.#vault.chunks.find((one) => one.id === id) ?? damagedFile('chunk');
      sealed.push(chunk.sealed);
      const final = index === chunks - 1;
      const length = Math.max(0, Math.min(CHUNK, size - index * CHUNK));
      const plaintext = opened(chunk.sealed, aadOf(chunkBound(row, place, { index, final })));
      if (plaintext.length !== chunkSize(size, index)) damagedFile('length');
      if (plaintext.subarray(length).some((byte) => byte !== 0)) damagedFile('padding');
      return plaintext.subarray(0, length);
    });
    if (!sameBytes(digestChunks(sealed), head.digest)) damagedFile('digest');
    return parts;
  }

  #documents(): Contents['documents'] {
    return Object.fromEntries(DOCUMENTS.map((name) => [name, this.#document(name) ?? []]));
  }

  #document(name: DocumentName): Json | null {
    const row = this.#vault.objects.find(({ role }) => role === ROLES[name]);
    if (row === undefined) return null;
    return attempt(() => checkDocument(name, parseCanonical(unpad(openObject(row, this.#place)))));
  }

  #body(itemId: string, at: { lamport: number; deviceId: string }): BodyRow | null {
    return this.#vault.items.find((row) => row.itemId === itemId && sameRevision(row, at)) ?? null;
  }

  #bodiesOf(itemId: string): readonly BodyRow[] {
    return this.#vault.items
      .filter((row) => row.itemId === itemId)
      .sort((a, b) => b.lamport - a.lamport || (b.deviceId < a.deviceId ? -1 : 1));
  }

  #wrap(of: Pick<BodyRow, 'itemId' | 'keyVersion' | 'keyDevice'>): WrapRow | undefined {
    const { itemId, keyVersion, keyDevice } = of;
    return this.#vault.wraps.find(
      (row) => row.itemId === itemId && row.version === keyVersion && row.deviceId === keyDevice,
    );
  }
}

function sameRevision(
  a: { readonly lamport: number; readonly deviceId: string },
  b: { readonly lamport: number; readonly deviceId: string },
): boolean {
  return a.lamport === b.lamport && a.deviceId === b.deviceId;
}

function sameSet(a: RowSet, b: RowSet): boolean {
  return sameBytes(uint(a.count, 8), uint(b.count, 8)) && sameBytes(a.fold, b.fold);
}

function damagedFile(step: string): never {
  throw new Refused('vault/attachment-damaged', step);
}

export function isFailure(value: unknown): value is Failure {
  return typeof value === 'object' && value !== null && 'code' in value && 'step' in value;
}

/** Null for what is malformed. */
function attempt<T>(action: () => T): T | null {
  try {
    return action();
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

function orFailure<T>(step: string, action: () => T): T | Failure {
  return attempt(action) ?? { code: 'vault/item-damaged', step };
}
