// UnlockedVault: the only object that can open items. It holds the keys, the overviews and the store, and is dead
// after `close()`: keys erased, store closed, every further use refused.
// SPDX-License-Identifier: MIT

import type { DeviceId, ItemId } from '../../shared/brand.ts';
import { toHex } from '../../shared/bytes.ts';
import type { IntegrityState } from '../../shared/model/item.ts';
import type { ItemKind } from '../../shared/model/item-kinds.ts';
import type { PinsState } from '../../shared/model/keys.ts';
import type { RandomSource } from '../crypto/random.ts';
import type { SecretBytes } from '../crypto/secret-bytes.ts';
import type { AttachmentContext } from './attachment-sealer.ts';
import { assertSameCredential } from './credential-binding.ts';
import { DamagedItems, nullIfDamaged } from './damaged-items.ts';
import type { DocumentRole, Documents } from './documents.ts';
import { IntegrityCheck, type IntegrityVerdict } from './integrity-check.ts';
import type { ItemOverview } from './item-overview.ts';
import type { SealedRevision } from './item-sealer.ts';
import type { Item } from './item.ts';
import { nullIfCorrupt, packEntryOf, remakePack } from './load-overviews.ts';
import type { ManifestRow } from './manifest.ts';
import { nextKeyVersion } from './next-key-version.ts';
import type { OverviewTable } from './overview-table.ts';
import type { Pins } from './pins.ts';
import type { SealedAttachment } from './sealed-attachment.ts';
import {
  isNamedBy,
  type Revision,
  type SealedBody,
  type SealedItem,
  type SealedItemKeys,
} from './sealed-item.ts';
import type { VaultAccess } from './vault-access.ts';
import type { AttachmentWriter, VaultAttachments } from './vault-attachments.ts';
import { VaultCopy } from './vault-copy.ts';
import { VaultError } from './vault-error.ts';
import type { VaultState } from './vault-state.ts';
import type { VaultChange, VaultStore } from './vault-store.ts';

export type { ItemOverview } from './item-overview.ts';

/** As many as are read between two breaths while they are accepted. */
const ROWS_A_STEP = 64;

export interface ItemToSave {
  readonly item: Item;
  /** PKCS#8, for a passkey that is new. Borrowed. */
  readonly privateKey?: SecretBytes;
  /** The revision that this one follows, where that is not the newest: one that is taken back. */
  readonly follows?: Revision;
  /**
   * The newest revision does not open, or the private key of a passkey, and this one, brought from elsewhere, comes after
   * it under keys of its own, as if it were new; what does not open stays as it is. Refused where all of it does open.
   */
  readonly replacesDamaged?: true;
}

/** What an open vault is made of; it takes ownership of all of it. */
export interface UnlockedParts {
  readonly state: VaultState;
  readonly vaultId: Uint8Array;
  readonly random: RandomSource;
  readonly damaged: readonly ItemId[];
  readonly access: VaultAccess;
  readonly attachments: VaultAttachments;
  readonly context: AttachmentContext;
  /** What this machine remembers of the vault; null where it remembers nothing. */
  readonly pins: Pins | null;
}

export class UnlockedVault implements Disposable {
  readonly vaultId: Uint8Array;
  readonly deviceId: DeviceId;
  /** The ways in: slots, passwords, re-keying. */
  readonly access: VaultAccess;
  readonly #parts: UnlockedParts;
  readonly #state: VaultState;
  readonly #table: OverviewTable;
  readonly #damaged: DamagedItems;
  #check: IntegrityCheck;
  #verdict: IntegrityVerdict | null = null;
  /** Under way: nothing else ends the check that it follows changes with. */
  #accepting: Promise<void> | null = null;

  constructor(parts: UnlockedParts) {
    this.#parts = parts;
    this.#state = parts.state;
    this.#table = parts.state.table;
    this.#damaged = new DamagedItems(parts.damaged);
    this.vaultId = parts.vaultId;
    this.deviceId = parts.state.deviceId;
    this.access = parts.access;
    this.#check = new IntegrityCheck(parts.state);
    this.#table.mend = (number) => {
      this.#remakePack(number);
    };
  }

  /** Grows with every change. */
  get revision(): number {
    return this.#state.lamport;
  }

  get size(): number {
    return this.#table.size;
  }

  /**
   * Items of which the newest revision does not open, and passkeys whose private key does not: they stay in the file as
   * they are, and are counted.
   */
  get damaged(): ReadonlySet<ItemId> {
    this.#assertOpen();
    return this.#damaged.ids;
  }

  /** What is known of the rows by now: not intact at once where unlocking saw it. See `checkRows`. */
  get integrity(): IntegrityState {
    if (this.#state.manifest.isSuspect) return 'not-intact';
    if (this.#verdict === null) return 'checking';
    return this.#verdict.isIntact ? 'intact' : 'not-intact';
  }

  /** Null until every row has been read. */
  get verdict(): IntegrityVerdict | null {
    return this.#verdict;
  }

  /** How this machine's memory of the vault was found. */
  get pins(): PinsState {
    return this.#parts.pins?.state ?? 'sound';
  }

  /** Lets this machine remember how far the vault has been written; closing does it too. */
  keepPins(): void {
    this.#assertOpen();
    this.#parts.pins?.keep(this.#state);
  }

  has(id: ItemId): boolean {
    return this.#table.has(id);
  }

  /** Parsed as they are reached; those of one kind at a fraction of the cost. In no order. */
  overviews(kind?: ItemKind): Iterable<ItemOverview> {
    this.#assertOpen();
    return this.#table.overviews(kind);
  }

  /** Null where there is no such item. */
  overview(id: ItemId): ItemOverview | null {
    this.#assertOpen();
    return this.#table.overview(id);
  }

  /** The revision that `get` opens. Throws `vault/item-not-found`. */
  revisionOf(id: ItemId): Revision {
    this.#assertOpen();
    const revision = this.#table.revisionOf(id);
    if (revision !== null) return revision;
    const code = this.#damaged.has(id) ? 'vault/item-damaged' : 'vault/item-not-found';
    throw new VaultError(code, 'vault: no item that opens has this id', { details: { id } });
  }

  /** Throws `vault/item-not-found` and `vault/item-damaged`. */
  get(id: ItemId): Item {
    const revision = this.revisionOf(id);
    return this.#damaged.noting(id, () => this.getRevision(id, revision));
  }

  /** Throws `vault/item-not-found` and `vault/item-damaged`. */
  getRevision(id: ItemId, revision: Revision): Item {
    return this.#state.epoch.items.openItem(this.#load(id, revision));
  }

  /** Every revision of an item, newest first. */
  history(id: ItemId): readonly Revision[] {
    this.#assertOpen();
    return this.#state.store.listRevisions(id);
  }

  /** Durable when it returns. A new passkey comes with its private key, which is borrowed. */
  save(item: Item, privateKey?: SecretBytes): void {
    this.saveAll([privateKey === undefined ? { item } : { item, privateKey }]);
  }

  /** All of them or none, durable when it returns. The former revisions stay. */
  saveAll(entries: readonly ItemToSave[]): void {
    this.#saveWith(entries, []);
  }

  /** For good: every revision, key and attachment of these items. Durable when it returns; see `scrub`. */
  erase(ids: readonly ItemId[]): void {
    this.#assertOpen();
    const known = [...new Set(ids)].filter((id) => this.#table.has(id) || this.#damaged.has(id));
    if (known.length === 0) return;
    const removed = known.flatMap((id) => this.#rowsOf(id));
    this.#commit({ put: [], remove: known }, { erasedItems: known }, removed);
    this.#damaged.forget(known);
  }

  /** Leaves nothing of what was erased or replaced in the file, its log or its free pages. */
  scrub(): void {
    this.#assertOpen();
    this.#state.store.scrub();
  }

  /** Takes away what a crash in the middle of adding a file has left; a file that is being added now stays. */
  dropStrayChunks(): void {
    this.#assertOpen();
    this.#state.store.dropStrayChunks();
  }

  /** Writes a copy of the whole vault, of one moment, to a new file. */
  copyTo(path: string): Promise<void> {
    this.#assertOpen();
    return this.#state.store.copyTo(path);
  }

  /** Opens a copy of this vault. Owns the store once it returns; throws what `VaultCopy.open` throws. */
  openCopy(store: VaultStore): VaultCopy {
    this.#assertOpen();
    return VaultCopy.open({ state: this.#state, context: this.#parts.context }, store);
  }

  newItemId(): ItemId {
    return this.newId(16) as ItemId;
  }

  /** Random, in hex. */
  newId(bytes: 8 | 16): string {
    this.#assertOpen();
    return toHex(this.#parts.random.bytes(bytes));
  }

  /** PKCS#8 of a passkey's private key, for one ceremony: the caller disposes it. */
  openPrivateKey(id: ItemId): SecretBytes {
    const revision = this.revisionOf(id);
    return this.#damaged.noting(id, () =>
      this.#state.epoch.items.openPrivateKey(this.#load(id, revision)),
    );
  }

  /** The files of items. */
  get attachments(): VaultAttachments {
    this.#assertOpen();
    return this.#parts.attachments;
  }

  /** Begins a file of an item. */
  beginAttachment(id: ItemId): AttachmentWriter {
    this.#assertOpen();
    // An item of a former epoch takes its new keys first: nothing new may lie under the old ones.
    if (!this.#areInUse(this.#keysNow(id))) this.save(this.get(id));
    return this.#parts.attachments.write(this.#keysNow(id), this.newId(16));
  }

  /**
   * Stores an item together with the head of an attachment that it names now. Throws `vault/write-failed` where the vault
   * has been re-keyed since the file was begun.
   */
  saveWithAttachment(item: Item, ...heads: readonly SealedAttachment[]): void {
    for (const head of heads) this.#assertOfThisEpoch(head);
    this.#saveWith([{ item }], heads);
  }

  #assertOfThisEpoch(head: SealedAttachment): void {
    const keys = this.#keysOf(head.itemId).find((one) => isNamedBy(one, head));
    if (keys === undefined || !this.#areInUse(keys)) {
      throw new VaultError(
        'vault/write-failed',
        'attachment: begun before the vault was re-keyed',
        {
          details: { reason: 'former-key' },
        },
      );
    }
  }

  document<R extends DocumentRole>(role: R): Documents[R] {
    this.#assertOpen();
    return this.#state.documents[role];
  }

  /** Durable when it returns. */
  saveDocument<R extends DocumentRole>(role: R, content: Documents[R]): void {
    this.#assertOpen();
    const objects = [this.#state.sealDocument(role, content)];
    this.#commit({ put: [], remove: [] }, { objects });
    this.#state.documents = { ...this.#state.documents, [role]: content };
  }

  /** Reads up to `limit` rows more and holds them against the manifest; true when all have been read. */
  checkRows(limit: number): boolean {
    this.#assertOpen();
    if (this.#verdict !== null) return true;
    if (!this.#check.step(limit) || this.#accepting !== null) return false;
    this.#verdict = this.#check.verdict();
    return true;
  }

  /** Opens one item as a test; counts it as damaged where it does not open. For a file that is not intact. */
  probe(id: ItemId): void {
    this.opens(id);
  }

  /** Whether the newest revision of an item opens, with its private key if it has one. Throws `vault/item-not-found`. */
  opens(id: ItemId): boolean {
    const opened = nullIfDamaged(() => {
      if (this.get(id).kind === 'passkey') this.openPrivateKey(id).dispose();
      return true;
    });
    return opened !== null;
  }

  /**
   * Takes the rows that are there now for those that should be there, after a person has said so. All of them are read
   * first, giving way by `breathe`; what is changed meanwhile is taken in. Then one transaction: before it nothing is
   * accepted, and when this resolves it is durable. Throws `vault/locked` where the vault is closed in between.
   */
  acceptRows(breathe: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    this.#accepting ??= this.#acceptRows(breathe).finally(() => {
      this.#accepting = null;
    });
    return this.#accepting;
  }

  /** Erases the keys, forgets the overviews, closes the store. Safe to call again. */
  close(): void {
    if (!this.#state.isOpen) return;
    this.#parts.pins?.keep(this.#state);
    this.access[Symbol.dispose]();
    this.#state.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  async #acceptRows(breathe: () => Promise<void>): Promise<void> {
    this.#assertOpen();
    this.#check = new IntegrityCheck(this.#state);
    while (!this.#check.step(ROWS_A_STEP)) {
      await breathe();
      this.#assertOpen();
    }
    // From the last row to the end of the transaction nothing else runs.
    this.#state.rebase(this.#check.found);
    this.#verdict = this.#check.verdict();
  }

  #saveWith(entries: readonly ItemToSave[], attachments: readonly SealedAttachment[]): void {
    this.#assertOpen();
    if (entries.length === 0) return;
    if (new Set(entries.map(({ item }) => item.id)).size !== entries.length) {
      throw new Error('saveAll: one item twice in one transaction');
    }
    const { next: revision } = this.#state;
    const sealed = entries.map((entry) => this.#seal(entry, revision));
    const put = entries.map(({ item }) => packEntryOf(item, revision));
    this.#commit(
      { put, remove: [] },
      {
        keys: sealed.flatMap(({ newKeys }) => newKeys ?? []),
        bodies: sealed.map(({ body }) => body),
        attachments,
      },
    );
    for (const one of sealed) this.#damaged.follow(one);
  }

  #seal(entry: ItemToSave, revision: Revision): SealedRevision {
    const { item, privateKey = null, replacesDamaged = false } = entry;
    const { items } = this.#state.epoch;
    const isNew = !this.#table.has(item.id) && !this.#damaged.has(item.id);
    if (isNew || replacesDamaged) {
      if ((privateKey !== null) !== (item.kind === 'passkey')) {
        throw new Error('save: a new passkey comes with its private key, and nothing else does');
      }
      if (isNew) return items.sealNew(item, revision, privateKey);
      if (this.opens(item.id)) throw new Error('save: what opens is followed, not replaced');
      // Where the private key alone does not open, the credential stays what it was.
      const former = nullIfDamaged(() => this.get(item.id));
      if (former !== null) assertSameCredential(former, item);
      const version = nextKeyVersion(this.#keysOf(item.id), items);
      return items.sealNew(item, revision, privateKey, version);
    }
    if (privateKey !== null) {
      throw new Error('save: an item keeps the private key it was made with');
    }
    const former = this.#load(item.id, entry.follows ?? this.revisionOf(item.id));
    return items.sealAgain(item, revision, former, {
      assertAllowed: assertSameCredential,
      nextVersion: () => nextKeyVersion(this.#keysOf(item.id), items),
      wasDamaged: this.#damaged.has(item.id),
    });
  }

  /** One transaction: the packs that overviews touch, and what else the change has. */
  #commit(
    overviews: Parameters<OverviewTable['plan']>[0],
    change: VaultChange,
    removed: readonly ManifestRow[] = [],
  ): void {
    const plan = this.#table.plan(overviews);
    const packs = this.#state.sealPacks([...plan, ...this.#state.unwrittenPacks(plan)]);
    this.#state.commit({ ...change, ...packs }, removed);
    this.#table.apply(plan);
    this.#state.unwritten.clear();
  }

  #rowsOf(id: ItemId): readonly ManifestRow[] {
    const { store } = this.#state;
    const bodies: readonly SealedBody[] = store.loadBodies(id);
    return [
      ...bodies.map((row) => ({ of: 'body', row }) as const),
      ...this.#keysOf(id).map((row) => ({ of: 'keys', row }) as const),
      ...store.loadAttachments(id).map((row) => ({ of: 'attachment', row }) as const),
    ];
  }

  /** Those of the newest revision. */
  #keysNow(id: ItemId): SealedItemKeys {
    return this.#load(id, this.revisionOf(id)).keys;
  }

  #areInUse(keys: SealedItemKeys): boolean {
    using opened = this.#state.epoch.items.openKey(keys);
    return opened.isInUse;
  }

  /** For a pack that authenticates and does not read. */
  #remakePack(number: number): void {
    const { store, epoch } = this.#state;
    const { plan, damaged } = remakePack(store, epoch.items, this.#table, number);
    this.#table.apply(plan);
    this.#state.suspect([number]);
    this.#damaged.add(damaged);
  }

  #keysOf(id: ItemId): readonly SealedItemKeys[] {
    this.#assertOpen();
    return this.#state.store.loadKeys(id);
  }

  #load(id: ItemId, revision: Revision): SealedItem {
    this.#assertOpen();
    const sealed = nullIfCorrupt(() => this.#state.store.loadItem(id, revision));
    if (sealed !== null) return sealed;
    const isKnown = this.#table.has(id) || this.#damaged.has(id);
    throw new VaultError(
      isKnown ? 'vault/item-damaged' : 'vault/item-not-found',
      'vault: this revision of the item is not there',
      { details: { id } },
    );
  }

  #assertOpen(): void {
    this.#state.assertOpen();
  }
}
