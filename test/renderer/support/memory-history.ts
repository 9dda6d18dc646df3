// Revisions of the items of the fake vault: every change leaves one, and any can be brought back.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../../src/shared/brand.ts';
import type { TypedVaultApi } from '../../../src/shared/ipc/window-api.ts';
import { KIND_FIELDS, type FieldSpec } from '../../../src/shared/model/item-kinds.ts';
import type { FieldDifference, RevisionInfo } from '../../../src/shared/model/item.ts';
import { ok, refuse } from './fake-connection.ts';
import type { MemoryItems } from './memory-items.ts';
import { toDetail, type StoredItem } from './stored-items.ts';

type Answers = Pick<
  TypedVaultApi<'main'>,
  'items:history' | 'items:revision' | 'items:restore-revision'
>;

export class MemoryHistory {
  /** Oldest first; the last is the present one. */
  readonly #revisions = new Map<ItemId, StoredItem[]>();

  record(item: StoredItem): void {
    const list = this.#revisions.get(item.id) ?? [];
    list.push(item);
    this.#revisions.set(item.id, list);
  }

  forget(id: ItemId): void {
    this.#revisions.delete(id);
  }

  countOf(id: ItemId): number {
    return this.#revisions.get(id)?.length ?? 1;
  }

  of(id: ItemId, ref: string): StoredItem | undefined {
    return this.#revisions.get(id)?.[Number(ref.split('-')[0])];
  }

  answers(items: MemoryItems): Answers {
    return {
      'items:history': ({ id }) => ok(this.#list(id)),
      'items:revision': ({ id, ref }) => {
        const [then, now] = [this.of(id, ref), items.find(id)];
        if (!then || !now) return refuse('vault/item-not-found');
        return ok({ detail: toDetail(then, items.all), differences: differencesOf(then, now) });
      },
      'items:restore-revision': ({ id, ref }) => {
        const then = this.of(id, ref);
        return then ? ok(items.update([id], () => then)) : refuse('vault/item-not-found');
      },
    };
  }

  #list(id: ItemId): readonly RevisionInfo[] {
    const list = this.#revisions.get(id) ?? [];
    return list
      .map((item, index) => {
        const before = list[index - 1];
        return {
          ref: `${index}-${id}`,
          savedAt: item.modifiedAt,
          changed: before ? differencesOf(before, item).map(({ label }) => label) : [],
          isCurrent: index === list.length - 1,
        };
      })
      .reverse();
  }
}

function differencesOf(then: StoredItem, now: StoredItem): readonly FieldDifference[] {
  const specs: Readonly<Record<string, FieldSpec>> = KIND_FIELDS[now.kind];
  const own = Object.entries(specs).map(([name, { label, type }]) =>
    difference(label, then.fields[name] ?? '', now.fields[name] ?? '', {
      field: name,
      isHidden: type === 'hidden',
    }),
  );
  const all = [
    difference('Title', then.title, now.title),
    ...own,
    difference('Note', then.note, now.note),
    difference('Tags', then.tags.join(', '), now.tags.join(', ')),
  ];
  return all.filter((one) => one !== null);
}

function difference(
  label: string,
  then: string,
  now: string,
  {
    field = null,
    isHidden = false,
  }: { readonly field?: string | null; readonly isHidden?: boolean } = {},
): FieldDifference | null {
  if (then === now) return null;
  const has = { hasThen: then !== '', hasNow: now !== '' };
  return { label, field, isHidden, ...has, then: isHidden ? '' : then, now: isHidden ? '' : now };
}
