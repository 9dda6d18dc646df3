// KnownItems over the open vault. Items are told apart by their overviews first; only those that an item of the file
// could be are opened, and only once.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import { toHex, toUtf8 } from '../../shared/bytes.ts';
import { toCanonicalJson } from '../../shared/canonical-json.ts';
import type { ItemKind } from '../../shared/model/item-kinds.ts';
import { sha256 } from '../crypto/digest.ts';
import { overviewOf } from '../vault/item-overview.ts';
import type { ItemOverview, UnlockedVault } from '../vault/unlocked-vault.ts';
import { VaultError } from '../vault/vault-error.ts';
import {
  type ContentExtent,
  type ImportedItem,
  type KnownItems,
  NO_ID,
  withId,
} from './importer.ts';
import { itemFingerprint } from './item-fingerprint.ts';

/** Items of one overview and, once they had to be opened, what they hold. */
interface Alike {
  readonly ids: ItemId[];
  readonly contents: Map<ContentExtent, ReadonlyMap<string, readonly Known[]>>;
}

interface Known {
  readonly id: ItemId;
  readonly isTrashed: boolean;
}

export class VaultItems implements KnownItems {
  readonly #vault: Pick<UnlockedVault, 'overviews' | 'get'>;
  readonly #kinds = new Map<ItemKind, ReadonlyMap<string, Alike>>();
  #passkeys: ReadonlyMap<string, ItemId> | null = null;

  constructor(vault: Pick<UnlockedVault, 'overviews' | 'get'>) {
    this.#vault = vault;
  }

  /**
   * A passkey is known by its credential wherever it lies: there are never two of one. Anything else is known by its
   * content; what lies in the trash is not what a person means by "there already", unless it lay in the trash before.
   */
  find(item: ImportedItem, extent: ContentExtent): ItemId | null {
    if (item.kind === 'passkey') return this.#credentials().get(toHex(item.credentialId)) ?? null;
    const alike = this.#overviewsOf(item.kind).get(keyOf(overviewOf(withId(item, NO_ID))));
    if (alike === undefined) return null;
    const contents = alike.contents.get(extent) ?? this.#open(alike, extent);
    const same = contents.get(itemFingerprint(item, extent)) ?? [];
    const live = same.find(({ isTrashed }) => !isTrashed);
    const found = live ?? (item.trashedAt === null ? undefined : same[0]);
    return found?.id ?? null;
  }

  #credentials(): ReadonlyMap<string, ItemId> {
    this.#passkeys ??= new Map(
      Array.from(this.#vault.overviews('passkey'), ({ id, passkey }) => [
        toHex(passkey?.credentialId ?? new Uint8Array(0)),
        id,
      ]),
    );
    return this.#passkeys;
  }

  #overviewsOf(kind: ItemKind): ReadonlyMap<string, Alike> {
    const known = this.#kinds.get(kind);
    if (known !== undefined) return known;
    const found = new Map<string, Alike>();
    for (const overview of this.#vault.overviews(kind)) {
      const key = keyOf(overview);
      const alike = found.get(key);
      if (alike === undefined) found.set(key, { ids: [overview.id], contents: new Map() });
      else alike.ids.push(overview.id);
    }
    this.#kinds.set(kind, found);
    return found;
  }

  #open(alike: Alike, extent: ContentExtent): ReadonlyMap<string, readonly Known[]> {
    const contents = new Map<string, Known[]>();
    for (const id of alike.ids) {
      const item = this.#tryGet(id);
      if (item === null) continue;
      const fingerprint = itemFingerprint(item, extent);
      const known = { id, isTrashed: item.trashedAt !== null };
      const same = contents.get(fingerprint);
      if (same === undefined) contents.set(fingerprint, [known]);
      else same.push(known);
    }
    alike.contents.set(extent, contents);
    return contents;
  }

  /** What cannot be opened is not what the file brings. */
  #tryGet(id: ItemId): ReturnType<UnlockedVault['get']> | null {
    try {
      return this.#vault.get(id);
    } catch (error) {
      if (error instanceof VaultError && error.code === 'vault/item-damaged') return null;
      throw error;
    }
  }
}

/** Equal wherever two contents are; a digest, so that no text is kept in a form that cannot be erased. */
function keyOf({ title, subtitle, urls }: ItemOverview): string {
  const text = toCanonicalJson([title, subtitle, urls.map(({ url }) => url)]);
  return toHex(sha256(toUtf8(text)));
}
