// The statements that make the tables of a vault file, letter for letter as docs/vault-format.md has them.
// SPDX-License-Identifier: MIT

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const DOCUMENT = join(import.meta.dirname, '..', '..', '..', 'docs', 'vault-format.md');

/** The `CREATE TABLE` statements of the document's one block of SQL. */
export const SCHEMA: readonly string[] = statementsOf(readFileSync(DOCUMENT, 'utf8'));

function statementsOf(markdown: string): readonly string[] {
  const block = /```sql\n([\s\S]*?)```/.exec(markdown)?.[1];
  if (block === undefined) throw new Error('docs/vault-format.md: has no block of SQL');
  return block
    .split(/;\n/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}
