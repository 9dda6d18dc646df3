// Folders to torture vaults in: in memory where the system has such a place, gone when the run is over.
// SPDX-License-Identifier: MIT

import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';

export class TortureFolder implements Disposable {
  /** Without symbolic links. */
  readonly path: string;
  #count = 0;

  constructor(parent = existsSync(MEMORY) ? MEMORY : tmpdir()) {
    this.path = realpathSync(mkdtempSync(join(parent, 'latchkey-torture-')));
  }

  /** A new folder, empty or a copy of another. */
  fresh(copyOf?: string): string {
    this.#count += 1;
    const path = join(this.path, String(this.#count));
    if (copyOf === undefined) mkdirSync(path);
    else cpSync(copyOf, path, { recursive: true });
    return path;
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
