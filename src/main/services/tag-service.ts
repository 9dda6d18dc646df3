// Tags of the whole vault: a tag gets another name, or goes, on every item at once, the archive and the trash among them.
// What lies below a tag goes with it.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import { AppError } from '../../shared/errors.ts';
import type { BulkReceipt } from '../../shared/model/item.ts';
import { FIELD_LIMITS } from '../../shared/model/field-limits.ts';
import type { ItemChanges } from './item-changes.ts';
import { tidyTags } from './item-draft.ts';
import { isWithinTag } from './tag-counts.ts';

export interface TagPorts {
  readonly changes: ItemChanges;
}

export class TagService {
  readonly #ports: TagPorts;

  constructor(ports: TagPorts) {
    this.#ports = ports;
  }

  /** Throws `ipc/invalid-input` for a name that no tag can have, or one within the tag itself. */
  rename(tag: string, name: string): BulkReceipt {
    const [tidy] = tidyTags([name]);
    const isInside = tidy !== undefined && tidy !== tag && isWithinTag(tidy, tag);
    if (tidy === undefined || isInside) throw new AppError('ipc/invalid-input', 'no name of a tag');
    return this.#revise(tag, (one) => {
      const renamed = tidy + one.slice(tag.length);
      if (renamed.length <= FIELD_LIMITS.tag) return renamed;
      throw new AppError('ipc/invalid-input', 'a tag below it would become too long');
    });
  }

  remove(tag: string): BulkReceipt {
    return this.#revise(tag, () => null);
  }

  /** `change` makes another tag of one that is `tag` or below it; null takes it off. */
  #revise(tag: string, change: (one: string) => string | null): BulkReceipt {
    const { changes } = this.#ports;
    return changes.revise(this.#having(tag), (item) => ({
      ...item,
      tags: tidyTags(
        item.tags.flatMap((one) => (isWithinTag(one, tag) ? (change(one) ?? []) : one)),
      ),
    }));
  }

  #having(tag: string): readonly ItemId[] {
    const ids: ItemId[] = [];
    for (const { id, tags } of this.#ports.changes.vault.overviews()) {
      if (tags.some((one) => isWithinTag(one, tag))) ids.push(id);
    }
    return ids;
  }
}
