// Attachments of the fake vault: files come from a queue that the test fills, and what is saved goes into a list.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../../src/shared/brand.ts';
import type { TypedVaultApi } from '../../../src/shared/ipc/window-api.ts';
import type { AttachmentPreview } from '../../../src/shared/model/attachment.ts';
import type { AttachmentDetail } from '../../../src/shared/model/item.ts';
import { ok, refuse } from './fake-connection.ts';
import type { MemoryItems } from './memory-items.ts';

export interface ChosenFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly preview: AttachmentPreview;
}

type Answers = Pick<
  TypedVaultApi<'main'>,
  Extract<keyof TypedVaultApi<'main'>, `attachments:${string}`>
>;

export class MemoryAttachments {
  /** What the next dialogs give; one that is asked for beyond them was cancelled. */
  readonly toChoose: ChosenFile[] = [];
  readonly saved: string[] = [];
  cancelled = 0;
  readonly #items: MemoryItems;
  readonly #previews = new Map<string, AttachmentPreview>();

  constructor(items: MemoryItems) {
    this.#items = items;
  }

  answers(): Answers {
    return {
      'attachments:add': ({ id }) => this.#add(id),
      'attachments:save-as': ({ id, attachment }) => {
        const found = this.#find(id, attachment);
        if (!found) return refuse('vault/item-not-found');
        this.saved.push(found.name);
        return ok({ fileName: found.name });
      },
      'attachments:save-all': ({ id }) => {
        const names = (this.#items.find(id)?.attachments ?? []).map(({ name }) => name);
        this.saved.push(...names);
        return ok({ folderName: 'Documents', saved: names, damaged: 0 });
      },
      'attachments:preview': ({ attachment }) =>
        ok(this.#previews.get(attachment) ?? { is: 'none', reason: 'type' }),
      'attachments:remove': ({ id, attachment }) =>
        this.#change(id, (list) => list.filter((one) => one.id !== attachment)),
      'attachments:rename': ({ id, attachment, name }) =>
        this.#change(id, (list) =>
          list.map((one) => (one.id === attachment ? { ...one, name } : one)),
        ),
      'attachments:cancel': () => {
        this.cancelled += 1;
        return ok(null);
      },
    };
  }

  #add(id: ItemId) {
    const file = this.toChoose.shift();
    if (!file) return ok(null);
    const { name, sizeBytes, preview } = file;
    const attachment = { id: this.#items.newId(), name, sizeBytes, addedAt: this.#items.now() };
    this.#previews.set(attachment.id, preview);
    const item = this.#items.find(id);
    if (!item) return refuse<null>('vault/item-not-found');
    const receipt = this.#items.update([id], ({ attachments }) => ({
      attachments: [...attachments, attachment],
    }));
    return ok({ ...receipt, attachment });
  }

  #find(id: ItemId, attachment: string): AttachmentDetail | undefined {
    return this.#items.find(id)?.attachments.find((one) => one.id === attachment);
  }

  #change(id: ItemId, change: (list: readonly AttachmentDetail[]) => readonly AttachmentDetail[]) {
    return ok(this.#items.update([id], (item) => ({ attachments: change(item.attachments) })));
  }
}
