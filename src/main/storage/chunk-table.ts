// The chunks of attachments: rows that are written as a file comes in, before anything names them.
// SPDX-License-Identifier: MIT

import type { Database } from './database.ts';
import { bytesIn, tryRead } from './vault-rows.ts';
import type { ReadableDb, WritableDb } from './writable-db.ts';

/** Room for 16 GiB in chunks of 64 KiB. */
const CHUNKS_PER_ATTACHMENT = 2 ** 18;
/** How many rows one transaction takes away: what is freed is overwritten, which takes its time. */
const ROWS_AT_ONCE = 1024;

export class ChunkTable {
  readonly #database: Database;
  /** Numbers that were asked for since the file was opened: theirs are no strays, whether or not there is a head yet. */
  readonly #begun = new Set<number>();
  #next = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  /** A number that neither a head nor a chunk has, nor anyone who asked before. */
  newNumber(): number {
    const highest = this.#database.read((db) => Math.max(highestHead(db), highestChunk(db)));
    this.#next = Math.max(this.#next, highest) + 1;
    this.#begun.add(this.#next);
    return this.#next;
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
      const row = db.row('SELECT sealed FROM chunks WHERE id = ?', idOf(number, index));
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
