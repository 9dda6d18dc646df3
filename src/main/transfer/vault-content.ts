// The open vault as what is exported: every item as it is at the moment when the export begins, and the files that it
// names. What does not open is left out and named; one damaged item keeps nobody from carrying the others away.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import { ITEM_KINDS } from '../../shared/model/item-kinds.ts';
import type { LeftOut, LeftOutName } from '../../shared/model/transfer.ts';
import type { SecretBytes } from '../crypto/secret-bytes.ts';
import type { Attachment, Item } from '../vault/item.ts';
import type { Revision } from '../vault/sealed-item.ts';
import type { UnlockedVault } from '../vault/unlocked-vault.ts';
import { VaultError } from '../vault/vault-error.ts';
import type { ExportContent } from './export-body.ts';
import type { ExportEntry } from './export-entry.ts';

/** How many of those left out are named. */
const MOST_NAMES = 200;

export class VaultContent implements ExportContent {
  readonly #vault: UnlockedVault;
  readonly #revisions: ReadonlyMap<ItemId, Revision>;
  readonly #leftOutItems = new Map<ItemId, LeftOutName>();
  readonly #leftOutFiles = new Map<string, LeftOutName>();

  private constructor(vault: UnlockedVault, revisions: ReadonlyMap<ItemId, Revision>) {
    this.#vault = vault;
    this.#revisions = revisions;
    for (const id of vault.damaged) {
      if (!revisions.has(id)) this.#leaveOut(id, 'damaged');
    }
  }

  /** Everything in the vault, the trash included, as it is now: a change that comes meanwhile is not in it. */
  static async of(vault: UnlockedVault, breathe: () => Promise<void>): Promise<VaultContent> {
    const revisions = new Map<ItemId, Revision>();
    // Passkeys last: each comes after the login that it belongs to.
    const kinds = [...ITEM_KINDS.filter((kind) => kind !== 'passkey'), 'passkey'] as const;
    for (const kind of kinds) {
      for (const { id } of vault.overviews(kind)) revisions.set(id, vault.revisionOf(id));
      await breathe();
    }
    return new VaultContent(vault, revisions);
  }

  get ids(): readonly ItemId[] {
    return [...this.#revisions.keys()];
  }

  /** What is not in the export though it is in the vault. Complete once every item has been opened. */
  get leftOut(): LeftOut {
    const items = [...this.#leftOutItems.values()];
    const files = [...this.#leftOutFiles.values()];
    const names = [...items, ...files].slice(0, MOST_NAMES);
    return { items: items.length, files: files.length, names };
  }

  /** Null for what does not open, is bound to this vault, or has been erased meanwhile. */
  open(id: ItemId): ExportEntry | null {
    const revision = this.#revisions.get(id);
    if (revision === undefined || this.#leftOutItems.has(id)) return null;
    try {
      const item = this.#vault.getRevision(id, revision);
      if (item.kind === 'passkey' && !item.backupEligible) return this.#leaveOut(id, 'bound');
      return { item: this.#withFilesThatOpen(item), privateKey: this.#privateKeyOf(item) };
    } catch (error) {
      if (isVaultError(error, 'vault/item-damaged')) return this.#leaveOut(id, 'damaged');
      if (isVaultError(error, 'vault/item-not-found')) return null;
      throw error;
    }
  }

  *file(itemId: ItemId, attachment: string): Iterable<Uint8Array> {
    using reader = this.#vault.attachments.read(itemId, attachment);
    yield* reader.chunks();
  }

  /** Reads every file to its end and leaves those out that do not open. For a vault in which one did not. */
  async readFiles(breathe: () => Promise<void>): Promise<void> {
    for (const id of this.#revisions.keys()) {
      const entry = this.open(id);
      entry?.privateKey?.dispose();
      for (const attachment of entry?.item.attachments ?? []) {
        await this.#readFile(id, attachment, breathe);
      }
      await breathe();
    }
  }

  async #readFile(id: ItemId, attachment: Attachment, breathe: () => Promise<void>): Promise<void> {
    try {
      for (const chunk of this.file(id, attachment.id)) {
        chunk.fill(0);
        await breathe();
      }
    } catch (error) {
      this.#leaveOutFile(id, attachment, error);
    }
  }

  #privateKeyOf({ id, kind }: Item): SecretBytes | null {
    return kind === 'passkey' ? this.#vault.openPrivateKey(id) : null;
  }

  #withFilesThatOpen(item: Item): Item {
    if (item.attachments.length === 0) return item;
    return { ...item, attachments: item.attachments.flatMap((one) => this.#head(item.id, one)) };
  }

  /** With the size that its head states: an export is as long as it says before the first byte. */
  #head(id: ItemId, attachment: Attachment): readonly Attachment[] {
    if (this.#leftOutFiles.has(attachment.id)) return [];
    try {
      using reader = this.#vault.attachments.read(id, attachment.id);
      return [{ ...attachment, sizeBytes: reader.head.sizeBytes }];
    } catch (error) {
      this.#leaveOutFile(id, attachment, error);
      return [];
    }
  }

  #leaveOut(id: ItemId, reason: LeftOutName['reason']): null {
    const overview = this.#vault.overview(id);
    const [title, kind] = [overview?.title ?? null, overview?.kind ?? null];
    this.#leftOutItems.set(id, { title, kind, fileName: null, reason });
    return null;
  }

  #leaveOutFile(id: ItemId, attachment: Attachment, error: unknown): void {
    const isGone =
      isVaultError(error, 'vault/attachment-damaged') ||
      isVaultError(error, 'vault/attachment-not-found');
    if (!isGone) throw error;
    const overview = this.#vault.overview(id);
    const [title, kind] = [overview?.title ?? null, overview?.kind ?? null];
    const { id: key, name: fileName } = attachment;
    this.#leftOutFiles.set(key, { title, kind, fileName, reason: 'damaged' });
  }
}

function isVaultError(error: unknown, code: VaultError['code']): boolean {
  return error instanceof VaultError && error.code === code;
}

/** Whether an export failed because of what is exported, and would go through without it. */
export function isContentFailure(error: unknown): boolean {
  return (
    [
      'vault/item-damaged',
      'vault/item-not-found',
      'vault/attachment-damaged',
      'vault/attachment-not-found',
    ] as const
  ).some((code) => isVaultError(error, code));
}
