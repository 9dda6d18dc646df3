// Files on their way into the vault and out of it: one at a time, with how far it is and the way to stop it.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { WorkStage } from '../../shared/ipc/events.ts';
import type { AttachmentDetail, ItemDetail } from '../../shared/model/item.ts';
import type { AttachmentAdded, AttachmentsSaved } from '../../shared/model/attachment.ts';
import { toApiError, type Api } from '../api.ts';
import { formatAmount } from '../format.ts';
import type { ItemActions } from '../items/item-actions.ts';
import { Store } from '../store.ts';
import type { Toasts } from '../ui/toasts.ts';
import { shownFileName } from './shown-file-name.ts';

type AttachmentApi = Pick<
  Api<'main'>,
  | 'attachments:add'
  | 'attachments:save-as'
  | 'attachments:save-all'
  | 'attachments:remove'
  | 'attachments:cancel'
>;

export interface TransferProgress {
  readonly stage: WorkStage;
  readonly done: number;
  readonly total: number;
}

export interface TransferState {
  readonly id: ItemId;
  readonly is: 'adding' | 'saving';
  /** Null while a file or a place is being chosen. */
  readonly progress: TransferProgress | null;
  readonly isStopping: boolean;
}

export interface AttachmentTransferParts {
  readonly api: AttachmentApi;
  readonly actions: ItemActions;
  readonly toasts: Toasts;
  readonly report: (error: unknown) => void;
}

const NOT_READ =
  'The file could not be read. Nothing was attached; the item is as it was. Check that the file is still there and that you may read it, then attach it again.';

export class AttachmentTransfer {
  /** What is under way; null at rest. */
  readonly state = new Store<TransferState | null>(null);
  readonly #parts: AttachmentTransferParts;

  constructor(parts: AttachmentTransferParts) {
    this.#parts = parts;
  }

  /** Asks for a file and attaches it. */
  async add(id: ItemId): Promise<void> {
    const { actions } = this.#parts;
    if (!this.#begin(id, 'adding')) return;
    await actions.undoable(
      () => this.#unlessStopped(() => this.#addFile(id), 'Nothing was attached.'),
      ({ attachment }) => ({
        text: `“${shownFileName(attachment)}” is attached.`,
        selectOnUndo: id,
      }),
    );
    this.state.set(null);
  }

  /** Asks for a place and puts a copy there. */
  async saveAs(id: ItemId, attachment: AttachmentDetail): Promise<void> {
    const { api, toasts, report } = this.#parts;
    if (!this.#begin(id, 'saving')) return;
    try {
      const saved = await this.#unlessStopped(
        () => api['attachments:save-as']({ id, attachment: attachment.id }),
        'Nothing was saved.',
      );
      if (saved) {
        const name = shownFileName({ name: saved.fileName });
        toasts.show({
          text: `Saved as “${name}”. Out of the vault it is no longer encrypted.`,
          tone: 'good',
        });
      }
    } catch (error) {
      report(error);
    } finally {
      this.state.set(null);
    }
  }

  /** Asks for a folder and puts copies of all files there. */
  async saveAll({ id }: Pick<ItemDetail, 'id'>): Promise<void> {
    const { api, toasts, report } = this.#parts;
    if (!this.#begin(id, 'saving')) return;
    try {
      const all = await this.#unlessStopped(
        () => api['attachments:save-all']({ id }),
        'What had been saved by then is in the folder.',
      );
      if (all) toasts.show({ text: savedWords(all), tone: all.damaged === 0 ? 'good' : 'bad' });
    } catch (error) {
      report(error);
    } finally {
      this.state.set(null);
    }
  }

  remove(id: ItemId, attachment: AttachmentDetail): void {
    const { api, actions } = this.#parts;
    void actions.undoable(
      () => api['attachments:remove']({ id, attachment: attachment.id }),
      () => ({ text: `“${shownFileName(attachment)}” is removed.`, selectOnUndo: id }),
    );
  }

  stop(): void {
    const { api, report } = this.#parts;
    this.state.update((state) => state && { ...state, isStopping: true });
    api['attachments:cancel']({}).catch(report);
  }

  progressed(progress: TransferProgress): void {
    this.state.update((state) => state && { ...state, progress });
  }

  #begin(id: ItemId, is: TransferState['is']): boolean {
    // A second one would take the first one's way to be stopped.
    if (this.state.get() !== null) return false;
    this.state.set({ id, is, progress: null, isStopping: false });
    return true;
  }

  /** Null where the file could not be read, which is said in words of its own: the common ones are of importing. */
  async #addFile(id: ItemId): Promise<AttachmentAdded | null> {
    const { api, toasts } = this.#parts;
    try {
      return await api['attachments:add']({ id });
    } catch (error) {
      if (toApiError(error).code !== 'transfer/read-failed') throw error;
      toasts.show({ text: NOT_READ, tone: 'bad' });
      return null;
    }
  }

  /** Null for what the person stopped: that is no failure. */
  async #unlessStopped<T>(work: () => Promise<T | null>, kept: string): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      if (toApiError(error).code !== 'ipc/cancelled') throw error;
      this.#parts.toasts.show({ text: `Stopped. ${kept}` });
      return null;
    }
  }
}

function savedWords({ folderName, saved, damaged }: AttachmentsSaved): string {
  const folder = shownFileName({ name: folderName });
  const lost = damaged === 0 ? '' : ` ${formatAmount(damaged, 'file is', 'files are')} damaged.`;
  if (saved.length === 0) return `Nothing could be saved.${lost}`;
  const files = formatAmount(saved.length, 'file is', 'files are');
  return `${files} in “${folder}”.${lost} Out of the vault they are no longer encrypted.`;
}
