// The vault files that Latchkey knows: those in its own folder and those the person pointed at. Windows name a file by
// a key that means nothing outside this process; paths stay here.
// SPDX-License-Identifier: MIT

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, statSync, type Stats } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { VaultFile } from '../../shared/model/vault.ts';
import type { SettingsFile } from './settings-file.ts';

export const VAULT_EXTENSION = '.latchkey';

/** Characters that some file system refuses or a shell could mistake. */
const UNFIT = /[\u0000-\u001f\u007f<>:"/\\|?*]/g;

export class VaultFiles {
  readonly #folder: string;
  readonly #settings: SettingsFile;

  constructor(folder: string, settings: SettingsFile) {
    this.#folder = folder;
    this.#settings = settings;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  /** Existing files, the one opened last first, then the most recently changed. */
  list(): readonly VaultFile[] {
    return this.#paths()
      .map((path) => this.#describe(path))
      .filter((file) => file !== null)
      .sort((a, b) => Number(b.isLast) - Number(a.isLast) || b.modifiedAt - a.modifiedAt);
  }

  /** The path of a listed file. Throws `vault/not-found` for any other key. */
  pathOf(key: string): string {
    const path = this.#paths().find((one) => keyOf(one) === key);
    if (path === undefined) throw new AppError('vault/not-found', 'no vault file has this key');
    return path;
  }

  /** Where a new vault of this name goes. */
  pathForNew(name: string): string {
    const fit = name
      .normalize('NFC')
      .replace(UNFIT, ' ')
      .replace(/^[. ]+|[. ]+$/g, '');
    return join(this.#folder, `${fit === '' ? 'Vault' : fit}${VAULT_EXTENSION}`);
  }

  /** Remembers a file that the person pointed at; null when there is none. */
  add(path: string): VaultFile | null {
    const full = resolve(path);
    const known = this.#settings.knownVaults;
    if (!known.includes(full)) this.#settings.save({ knownVaults: [...known, full] });
    return this.#describe(full);
  }

  /** Takes a file off the list; it stays where it is. One of our own folder is always found again. */
  forget(key: string): void {
    const path = this.pathOf(key);
    const knownVaults = this.#settings.knownVaults.filter((one) => one !== path);
    const lastVault = this.#settings.lastVault === path ? null : this.#settings.lastVault;
    this.#settings.save({ knownVaults, lastVault });
  }

  /** Remembers that this one was opened last. */
  markOpened(path: string): void {
    if (this.#settings.lastVault !== path) this.#settings.save({ lastVault: path });
  }

  get lastPath(): string | null {
    const last = this.#settings.lastVault;
    return last !== null && this.#describe(last) ? last : (this.#paths()[0] ?? null);
  }

  #paths(): readonly string[] {
    const own = readdirSync(this.#folder)
      .filter((name) => name.endsWith(VAULT_EXTENSION))
      .map((name) => join(this.#folder, name));
    return [...new Set([...own, ...this.#settings.knownVaults])];
  }

  #describe(path: string): VaultFile | null {
    const stats = statOrNull(path);
    if (!stats?.isFile()) return null;
    return {
      key: keyOf(path),
      name: nameOf(path),
      sizeBytes: stats.size,
      modifiedAt: stats.mtimeMs,
      isLast: path === this.#settings.lastVault,
    };
  }
}

/** Null for what is not there and for what cannot be reached, such as a link that leads nowhere. */
function statOrNull(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    // One file that cannot be looked at must not hide the others.
    return null;
  }
}

/** The name the person gave: the file's, without its ending. */
export function nameOf(path: string): string {
  return basename(path, VAULT_EXTENSION);
}

function keyOf(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 32);
}
