// The ordered list of schema changes; `user_version` says how many of them a file has had.
// SPDX-License-Identifier: MIT

import type { WritableDb } from './writable-db.ts';
import { createInitialSchema } from './migrations/0001-initial.ts';

/** Never reordered, never edited once released; a change is a new entry at the end. */
const MIGRATIONS: readonly ((db: WritableDb) => void)[] = [createInitialSchema];

export const SCHEMA_VERSION = MIGRATIONS.length;

/** Brings a schema from `from` to the newest, inside the caller's transaction. */
export function migrate(db: WritableDb, from: number): void {
  for (const change of MIGRATIONS.slice(from)) change(db);
  db.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
}
