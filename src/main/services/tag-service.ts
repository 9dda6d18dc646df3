// Tags of the whole vault: a tag gets another name, or goes, on every item at once, the archive and the trash among them.
// What lies below a tag goes with it.
// SPDX-License-Identifier: MIT

import { AppError } from '../../shared/errors.ts';
import type { BulkReceipt, TagReceipt } from '../../shared/model/item.ts';
import { FIELD_LIMITS } from '../../shared/model/field-limits.ts';
import type { Pace } from '../health/pace.ts';
import type { Item } from '../vault/item.ts';
import { ActQueue } from './act-queue.ts';
import type { Aside, ItemChanges } from './item-changes.ts';
import { tidyTags } from './item-draft.ts';
import type { SearchService } from './search-service.ts';
import { isWithinTag } from './tag-counts.ts';

export interface TagPorts {
  readonly changes: ItemChanges;
  readonly searches: Pick<SearchService, 'renameTag'>;
  readonly newPace: () => Pace;
}

export class TagService {
  readonly #ports: TagPorts;
  /** What one is about to name, another must not be naming. */
  readonly #queue = new ActQueue();

  constructor(ports: TagPorts) {
    this.#ports = ports;
  }

  /**
   * Saved searches follow; where they cannot be written, the items have their new tag all the same. Throws
   * `ipc/invalid-input` for a name that no tag can have, one within the tag itself, or one with which a tag below it would
   * be too long: before anything is changed.
   */
  async rename(tag: string, name: string): Promise<TagReceipt> {
    const [tidy] = tidyTags([name]);
    const isInside = tidy !== undefined && tidy !== tag && isWithinTag(tidy, tag);
    if (tidy === undefined || isInside) throw new AppError('ipc/invalid-input', 'no name of a tag');
    return await this.#queue.run(async () => {
      const receipt = await this.#revise(tag, (one) => {
        const renamed = tidy + one.slice(tag.length);
        if (renamed.length <= FIELD_LIMITS.tag) return renamed;
        throw new AppError('ipc/invalid-input', 'a tag below it would become too long');
      });
      const { changes, searches } = this.#ports;
      const follow = (): Aside | null => searches.renameTag(tag, tidy);
      const searchesLeft = receipt.changed > 0 && !changes.addAside(receipt.change, follow);
      return { ...receipt, searchesLeft };
    });
  }

  /** Saved searches stay as they are: what they ask for may come again. */
  remove(tag: string): Promise<BulkReceipt> {
    return this.#queue.run(() => this.#revise(tag, () => null));
  }

  /** `change` makes another tag of one that is `tag` or below it; null takes it off. */
  async #revise(tag: string, change: (one: string) => string | null): Promise<BulkReceipt> {
    const { changes, newPace } = this.#ports;
    const pace = newPace();
    await changes.prepare(pace);
    const having = changes.index.tagged((tags) => {
      const own = tags.filter((one) => isWithinTag(one, tag));
      // None of them is changed where one cannot be.
      own.forEach(change);
      return own.length > 0;
    });
    const revised = (item: Item): Item => ({
      ...item,
      tags: tidyTags(
        item.tags.flatMap((one) => (isWithinTag(one, tag) ? (change(one) ?? []) : one)),
      ),
    });
    return await changes.reviseInSlices(having, revised, pace);
  }
}
