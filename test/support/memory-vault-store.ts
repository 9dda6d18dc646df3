// MemoryVaultStore: a VaultStore that lies in memory, held to the same conformance suite as the real one. Its contents
// outlive `close`, as a file does; tests may reach into them to play the attacker at rest.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../src/shared/brand.ts';
import type { SealedPack } from '../../src/main/vault/pack-sealer.ts';
import type { SealedAttachment } from '../../src/main/vault/sealed-attachment.ts';
import {
  compareKeys as compareVersions,
  compareRevisions,
  isNamedBy,
  type KeyPosition,
  type KeyRef,
  type Revision,
  sameRevision,
  type SealedBody,
  type SealedItem,
  type SealedItemKeys,
} from '../../src/main/vault/sealed-item.ts';
import { VaultError } from '../../src/main/vault/vault-error.ts';
import type {
  AttachmentPosition,
  BodyPosition,
  SealedObject,
  StoredContents,
  UnknownObject,
  VaultChange,
  VaultContents,
  VaultStore,
} from '../../src/main/vault/vault-store.ts';

/** What lies at rest. Lists and not maps, so that an attacker can double a row. */
export interface MemoryVaultFile {
  /** Null before the vault was made. */
  header: Uint8Array | null;
  objects: SealedObject[];
  /** Of roles that only a later version knows. */
  unknown: UnknownObject[];
  packs: SealedPack[];
  keys: SealedItemKeys[];
  bodies: SealedBody[];
  attachments: SealedAttachment[];
  /** By `number/index`. */
  chunks: Map<string, Uint8Array>;
}

export function emptyFile(): MemoryVaultFile {
  return {
    ...{ header: null, objects: [], unknown: [], packs: [], keys: [], bodies: [], attachments: [] },
    chunks: new Map(),
  };
}

export class MemoryVaultStore implements VaultStore {
  readonly file: MemoryVaultFile;
  /** What `copyTo` wrote, by path. */
  readonly copies = new Map<string, MemoryVaultFile>();
  readonly #begun = new Set<number>();
  #highestNumber = 0;
  #isOpen = true;

  constructor(file: MemoryVaultFile = emptyFile()) {
    this.file = file;
  }

  initialise({ header, objects }: VaultContents): void {
    this.#assertOpen();
    if (this.file.header !== null) {
      throw new VaultError('vault/already-exists', 'vault store: holds a vault');
    }
    this.file.header = Uint8Array.from(header);
    this.file.objects = structuredClone([...objects]);
  }

  loadHeader(): Uint8Array {
    return this.loadContents().header;
  }

  loadContents(): StoredContents {
    const { header, objects, unknown } = this.#made();
    if (header === null) throw new Error('a vault that was made has a header');
    return structuredClone({ header, objects, unknown });
  }

  *loadPacks(): Iterable<SealedPack> {
    yield* structuredClone(this.#made().packs);
  }

  loadItem(id: ItemId, revision: Revision): SealedItem | null {
    const { bodies, keys } = this.#made();
    const body = bodies.find((row) => row.id === id && sameRevision(row.revision, revision));
    const own = keys.find((row) => row.id === id && body !== undefined && isNamedBy(row, body));
    return body && own ? structuredClone({ ...body, keys: own }) : null;
  }

  listRevisions(id: ItemId): readonly Revision[] {
    return this.loadBodies(id).map(({ revision }) => revision);
  }

  loadBodies(id: ItemId): readonly SealedBody[] {
    const bodies = this.#made().bodies.filter((row) => row.id === id);
    return structuredClone(bodies.sort((a, b) => compareRevisions(b.revision, a.revision)));
  }

  loadKeys(id: ItemId): readonly SealedItemKeys[] {
    const keys = this.#made().keys.filter((row) => row.id === id);
    return structuredClone(keys.sort(compareKeys));
  }

  loadAttachments(id: ItemId): readonly SealedAttachment[] {
    const rows = this.#made().attachments.filter((row) => row.itemId === id);
    return structuredClone(rows.sort((a, b) => order(a.id, b.id)));
  }

  scanBodies(after: BodyPosition | null, limit: number): readonly SealedBody[] {
    return page(this.#made().bodies, { after, limit }, compareBodies);
  }

  scanKeys(after: KeyPosition | null, limit: number): readonly SealedItemKeys[] {
    return page(this.#made().keys, { after, limit }, compareKeys);
  }

  scanAttachments(after: AttachmentPosition | null, limit: number): readonly SealedAttachment[] {
    return page(this.#made().attachments, { after, limit }, compareAttachments);
  }

  commit(change: VaultChange): void {
    const draft: MemoryVaultFile = { ...this.#made() };
    draft.chunks = new Map(draft.chunks);
    apply(draft, structuredClone(change));
    Object.assign(this.file, draft);
  }

  newAttachmentNumber(): number {
    const { attachments, chunks } = this.#made();
    const numbers = [
      ...attachments.map(({ number }) => number),
      ...[...chunks.keys()].map(numberIn),
    ];
    this.#highestNumber = Math.max(this.#highestNumber, ...numbers) + 1;
    this.#begun.add(this.#highestNumber);
    return this.#highestNumber;
  }

  writeChunks(number: number, first: number, chunks: readonly Uint8Array[]): void {
    const names = chunks.map((_, index) => `${String(number)}/${String(first + index)}`);
    const known = this.#made().chunks;
    if (names.some((name) => known.has(name))) throw writeFailed('a chunk is there already');
    for (const [index, name] of names.entries()) {
      known.set(name, Uint8Array.from(chunks[index] ?? new Uint8Array(0)));
    }
  }

  readChunk(number: number, index: number): Uint8Array | null {
    const chunk = this.#made().chunks.get(`${String(number)}/${String(index)}`);
    return chunk === undefined ? null : Uint8Array.from(chunk);
  }

  removeChunks(number: number): void {
    const file = this.#made();
    if (file.attachments.some((row) => row.number === number)) return;
    removeChunksOf(file, number);
  }

  dropStrayChunks(): void {
    const { attachments, chunks } = this.#made();
    const kept = new Set([...attachments.map(({ number }) => number), ...this.#begun]);
    for (const name of [...chunks.keys()]) if (!kept.has(numberIn(name))) chunks.delete(name);
  }

  scrub(): void {
    this.#made();
  }

  copyTo(path: string): Promise<void> {
    const file = this.#made();
    if (this.copies.has(path)) {
      return Promise.reject(new VaultError('vault/already-exists', 'vault store: a copy is there'));
    }
    this.copies.set(path, structuredClone(file));
    return Promise.resolve();
  }

  close(): void {
    this.#isOpen = false;
  }

  #made(): MemoryVaultFile {
    this.#assertOpen();
    if (this.file.header === null) throw new VaultError('vault/not-found', 'vault store: empty');
    return this.file;
  }

  #assertOpen(): void {
    if (!this.#isOpen) throw new VaultError('vault/locked', 'vault store: closed');
  }
}

/** Changes `file` or throws; what a throw leaves of it is thrown away. */
function apply(file: MemoryVaultFile, change: VaultChange): void {
  const erased = new Set(change.erasedItems);
  const removed = new Set(change.removedAttachments);
  const goes = file.attachments.filter(
    ({ number, itemId }) => erased.has(itemId) || removed.has(number),
  );
  for (const { number } of goes) removeChunksOf(file, number);
  for (const number of removed) removeChunksOf(file, number);
  file.attachments = file.attachments.filter((row) => !goes.includes(row));
  file.bodies = file.bodies.filter(({ id }) => !erased.has(id));
  file.keys = file.keys.filter(({ id }) => !erased.has(id));
  file.packs = file.packs.filter(({ number }) => !change.removedPacks?.includes(number));
  if (change.header) file.header = change.header;
  file.unknown = file.unknown.filter(({ role }) => !change.removedObjects?.includes(role));
  file.objects = merged(file.objects, change.objects, (a, b) => a.role === b.role);
  file.packs = merged(file.packs, change.packs, (a, b) => a.number === b.number);
  file.keys = merged(file.keys, change.keys, (a, b) => compareKeys(a, b) === 0);
  const owns = (id: ItemId, ref: KeyRef): boolean =>
    file.keys.some((row) => row.id === id && isNamedBy(row, ref));
  for (const body of change.bodies ?? []) {
    const isThere = file.bodies.some((row) => compareBodies(row, body) === 0);
    if (isThere || !owns(body.id, body)) throw writeFailed('no room for a body');
    file.bodies = [...file.bodies, body];
  }
  for (const head of change.attachments ?? []) {
    const isThere = file.attachments.some((row) => compareAttachments(row, head) === 0);
    if (isThere || !owns(head.itemId, head)) throw writeFailed('no room for a head');
    file.attachments = [...file.attachments, head];
  }
}

function merged<Row>(
  rows: readonly Row[],
  coming: readonly Row[] | undefined,
  isSame: (a: Row, b: Row) => boolean,
): Row[] {
  const later = coming ?? [];
  return [...rows.filter((row) => !later.some((one) => isSame(row, one))), ...later];
}

function removeChunksOf(file: MemoryVaultFile, number: number): void {
  for (const name of [...file.chunks.keys()]) {
    if (numberIn(name) === number) file.chunks.delete(name);
  }
}

function numberIn(name: string): number {
  return Number(name.split('/')[0]);
}

function page<Row extends Position, Position>(
  rows: readonly Row[],
  { after, limit }: { readonly after: Position | null; readonly limit: number },
  compare: (a: Position, b: Position) => number,
): readonly Row[] {
  const later = rows.filter((row) => after === null || compare(row, after) > 0);
  return structuredClone(later.sort(compare).slice(0, limit));
}

function compareBodies(a: BodyPosition, b: BodyPosition): number {
  return order(a.id, b.id) || compareRevisions(a.revision, b.revision);
}

function compareKeys(a: KeyPosition, b: KeyPosition): number {
  return order(a.id, b.id) || compareVersions(a, b);
}

function compareAttachments(a: AttachmentPosition, b: AttachmentPosition): number {
  return order(a.itemId, b.itemId) || order(a.id, b.id);
}

function order(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function writeFailed(why: string): VaultError {
  return new VaultError('vault/write-failed', `vault store: ${why}`);
}
