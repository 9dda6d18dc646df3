// The chunks of attachments: rows that are written as a file comes in, before anything names them.
// SPDX-License-Identifier: MIT

import { ROW_LIMITS } from '../vault/row-limits.ts';
import { VaultError } from '../vault/vault-error.ts';
import type { Database } from './database.ts';
import { bytesIn, LAST_ATTACHMENT_NUMBER, tryRead } from './vault-rows.ts';
import type { ReadableDb, WritableDb } from './writable-db.ts';

/** Room for 16 GiB in chunks of 64 KiB. */
const CHUNKS_PER_ATTACHMENT = 2 ** 18;
/** How many rows one transaction takes away: what is freed is overwritten, which takes its time. */
const ROWS_AT_ONCE = 1024;

export class ChunkTable {
  readonly #database: Database;
  /** Numbers that were asked for since the file was opened: theirs are no strays, whether or not there is a head yet. */
  readonly #begun = new Set<number>();
  readonly #last: number;
  #next = 0;

  constructor(database: Database, last: number = LAST_ATTACHMENT_NUMBER) {
    this.#database = database;
    this.#last = last;
  }

  /**
   * A number that neither a head nor a chunk has, nor anyone who asked before: the one after the highest or, where some
   * row has the last there is, the lowest that is free. Throws `vault/too-large` where none is.
   */
  newNumber(): number {
    const highest = this.#database.read((db) => Math.max(highestHead(db), highestChunk(db)));
    const after = Math.max(this.#next, highest) + 1;
    const number = after <= this.#last ? after : this.#lowestFree();
    this.#next = Math.max(this.#next, number);
    this.#begun.add(number);
    return number;
  }

  #lowestFree(): number {
    return this.#database.read((db) => {
      for (let number = 1; number <= this.#last; number += 1) {
        if (!this.#begun.has(number) && !isTaken(db, number)) return number;
      }
      throw new VaultError('vault/too-large', 'attachments: every number is taken', {
        details: { reason: 'numbers', last: this.#last },
      });
    });
  }

  write(number: number, first: number, chunks: readonly Uint8Array[]): void {
    this.#database.write((db) => {
      for (const [index, sealed] of chunks.entries()) {
        db.run(
          'INSERT INTO chunks (id, sealed) VALUES (?, ?)',
          idOf(number, first + index),
          sealed,
        );
      }
    });
  }

  read(number: number, index: number): Uint8Array | null {
    return this.#database.read((db) => {
      const row = db.row(
        `SELECT sealed FROM chunks WHERE id = ? AND octet_length(sealed) <= ${ROW_LIMITS.chunk}`,
        idOf(number, index),
      );
      return row === undefined ? null : tryRead((one) => bytesIn(one, 'sealed'), row);
    });
  }

  /** Does nothing where there is a head: chunks that belong to something go with it alone. */
  remove(number: number): void {
    const head = 'SELECT number FROM attachments WHERE number = ?';
    if (this.#database.read((db) => db.row(head, number)) !== undefined) return;
    const sql = `DELETE FROM chunks WHERE id IN
      (SELECT id FROM chunks WHERE id >= ? AND id < ? LIMIT ${ROWS_AT_ONCE})`;
    for (let changed = 1; changed > 0;) {
      changed = this.#database.write((db) => db.run(sql, idOf(number, 0), idOf(number + 1, 0)));
    }
  }

  dropStrays(): void {
    for (const number of this.#database.read(strays)) {
      if (!this.#begun.has(number)) this.remove(number);
    }
  }
}

/** Inside the transaction in which an attachment goes. */
export function removeChunksOf(db: WritableDb, number: number): void {
  db.run('DELETE FROM chunks WHERE id >= ? AND id < ?', idOf(number, 0), idOf(number + 1, 0));
}

function idOf(number: number, index: number): number {
  if (index >= CHUNKS_PER_ATTACHMENT) throw new Error('chunks: no room for so many');
  return number * CHUNKS_PER_ATTACHMENT + index;
}

/** Numbers that have chunks and no head. Jumps from number to number and reads no chunk. */
function strays(db: ReadableDb): readonly number[] {
  const found: number[] = [];
  const next = 'SELECT min(id) AS id FROM chunks WHERE id >= ?';
  for (let from = 0; ;) {
    const id = numberIn(db.row(next, from), 'id');
    if (id === 0) return found;
    const number = Math.floor(id / CHUNKS_PER_ATTACHMENT);
    const head = db.row('SELECT number FROM attachments WHERE number = ?', number);
    if (head === undefined) found.push(number);
    from = idOf(number + 1, 0);
  }
}

function isTaken(db: ReadableDb, number: number): boolean {
  const head = db.row('SELECT number FROM attachments WHERE number = ?', number);
  const chunk = 'SELECT id FROM chunks WHERE id >= ? AND id < ? LIMIT 1';
  return head !== undefined || db.row(chunk, idOf(number, 0), idOf(number + 1, 0)) !== undefined;
}

function highestHead(db: ReadableDb): number {
  return numberIn(db.row('SELECT max(number) AS number FROM attachments'), 'number');
}

function highestChunk(db: ReadableDb): number {
  const id = numberIn(db.row('SELECT max(id) AS id FROM chunks'), 'id');
  return Math.floor(id / CHUNKS_PER_ATTACHMENT);
}

/** 0 where there is no row. */
function numberIn(row: unknown, name: string): number {
  const value = (row as Readonly<Record<string, unknown>> | undefined)?.[name];
  return typeof value === 'number' ? value : 0;
}
