// What a vault hears from its store while it is read whole: every question, its answer, the tables that were read for it,
// and which parts of the reading asked. What another file answers alike is the same: nothing else of it reaches a reader.
// SPDX-License-Identifier: MIT

import { isDeepStrictEqual } from 'node:util';
import { isAppError } from '../../src/shared/errors.ts';
import type { SealedPack } from '../../src/main/vault/pack-sealer.ts';
import type { VaultStore } from '../../src/main/vault/vault-store.ts';

export type Table = 'header' | 'objects' | 'packs' | 'items' | 'wraps' | 'attachments' | 'chunks';

interface Heard {
  readonly tables: readonly Table[];
  /** Of the reading; every one that asked. */
  readonly parts: Set<string>;
  /** The same question to another store. */
  readonly ask: (store: VaultStore) => unknown;
  readonly answer: unknown;
}

export class HeardStore implements VaultStore {
  readonly #store: VaultStore;
  /** What of the reading asks from here on. */
  part = '';
  /** By the question: one that is asked again of the same file has the same answer. */
  readonly #heard = new Map<string, Heard>();

  constructor(store: VaultStore) {
    this.#store = store;
  }

  /** The parts of the reading that would hear something else, or an error, from another store; of one table, or of all. */
  changedIn(other: VaultStore, table: Table | null): ReadonlySet<string> {
    const changed = new Set<string>();
    for (const { tables, parts, ask, answer } of this.#heard.values()) {
      if (table !== null && !tables.includes(table)) continue;
      if (!answersAlike(() => ask(other), answer)) for (const part of parts) changed.add(part);
    }
    return changed;
  }

  loadHeader: VaultStore['loadHeader'] = () =>
    this.#hear(['header'], ['header'], (store) => store.loadHeader());

  loadContents: VaultStore['loadContents'] = () =>
    this.#hear(['header', 'objects'], ['contents'], (store) => store.loadContents());

  loadPacks: VaultStore['loadPacks'] = () =>
    this.#hear(['packs'], ['packs'], (store): readonly SealedPack[] => [...store.loadPacks()]);

  loadItem: VaultStore['loadItem'] = (id, revision) =>
    this.#hear(['items', 'wraps'], ['item', id, revision.lamport, revision.deviceId], (store) =>
      store.loadItem(id, revision),
    );

  listRevisions: VaultStore['listRevisions'] = (id) =>
    this.#hear(['items'], ['revisions', id], (store) => store.listRevisions(id));

  loadBodies: VaultStore['loadBodies'] = (id) =>
    this.#hear(['items'], ['bodies', id], (store) => store.loadBodies(id));

  loadKeys: VaultStore['loadKeys'] = (id) =>
    this.#hear(['wraps'], ['keys', id], (store) => store.loadKeys(id));

  loadAttachments: VaultStore['loadAttachments'] = (id) =>
    this.#hear(['attachments'], ['attachments', id], (store) => store.loadAttachments(id));

  scanBodies: VaultStore['scanBodies'] = (after, limit) =>
    this.#hear(['items'], ['scan bodies', after?.id, after?.revision.lamport, limit], (store) =>
      store.scanBodies(after, limit),
    );

  scanKeys: VaultStore['scanKeys'] = (after, limit) =>
    this.#hear(
      ['wraps'],
      ['scan keys', after?.id, after?.version, after?.deviceId, limit],
      (store) => store.scanKeys(after, limit),
    );

  scanAttachments: VaultStore['scanAttachments'] = (after, limit) =>
    this.#hear(['attachments'], ['scan attachments', after?.itemId, after?.id, limit], (store) =>
      store.scanAttachments(after, limit),
    );

  readChunk: VaultStore['readChunk'] = (number, index) =>
    this.#hear(['chunks'], ['chunk', number, index], (store) => store.readChunk(number, index));

  initialise = changes;
  commit = changes;
  newAttachmentNumber = changes;
  writeChunks = changes;
  removeChunks = changes;
  dropStrayChunks = changes;
  scrub = changes;
  copyTo = changes;

  close(): void {
    this.#store.close();
  }

  #hear<T>(
    tables: readonly Table[],
    question: readonly unknown[],
    ask: (store: VaultStore) => T,
  ): T {
    const key = JSON.stringify(question);
    const known = this.#heard.get(key);
    known?.parts.add(this.part);
    const answer = ask(this.#store);
    if (known === undefined) {
      // A copy: whoever asked may change what it was given.
      const heard = { tables, ask, answer: structuredClone(answer), parts: new Set([this.part]) };
      this.#heard.set(key, heard);
    }
    return answer;
  }
}

function answersAlike(ask: () => unknown, answer: unknown): boolean {
  try {
    return isDeepStrictEqual(ask(), answer);
  } catch (error) {
    if (isAppError(error)) return false;
    throw error;
  }
}

function changes(): never {
  throw new Error('heard store: reading a vault changed it');
}
