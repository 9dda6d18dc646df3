// Preferences on disk: one small JSON file, no secrets. What is missing or does not parse means its default, field by field;
// the file is replaced whole (written aside, then renamed) when something is saved, with what another version put there.
// SPDX-License-Identifier: MIT

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { AppError, type ErrorCode } from '../../shared/errors.ts';
import { settingsShape } from '../../shared/ipc/requests.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../shared/model/vault.ts';
import { parseByField, writeByField } from './parse-by-field.ts';

export class SettingsError extends AppError<Extract<ErrorCode, `settings/${string}`>> {}

const fileShape = z.object({
  settings: settingsShape,
  /** Paths of vault files outside our folder that were opened, and of the one opened last. */
  knownVaults: z.array(z.string()),
  lastVault: z.string().nullable(),
});

type Content = z.output<typeof fileShape>;

const NOTHING_CHOSEN: Content = { settings: DEFAULT_SETTINGS, knownVaults: [], lastVault: null };

export class SettingsFile {
  readonly #path: string;
  /** As it stands in the file. */
  #found: unknown;
  #content: Content;

  constructor(path: string) {
    this.#path = path;
    this.#found = readJson(path);
    this.#content = parseByField(fileShape, this.#found, NOTHING_CHOSEN);
  }

  get settings(): Settings {
    return this.#content.settings;
  }

  get knownVaults(): readonly string[] {
    return this.#content.knownVaults;
  }

  get lastVault(): string | null {
    return this.#content.lastVault;
  }

  /** Throws `settings/write-failed`; what was there stays. */
  save(change: Partial<Content>): void {
    const chosen = { ...this.#content, ...change };
    const next = writeByField(fileShape, this.#found, { chosen, otherwise: NOTHING_CHOSEN });
    const aside = `${this.#path}.new`;
    try {
      writeFileSync(aside, `${JSON.stringify(next, null, 2)}\n`, { mode: 0o600 });
      renameSync(aside, this.#path);
    } catch (cause) {
      throw new SettingsError('settings/write-failed', 'the settings file', { cause });
    }
    this.#found = next;
    this.#content = chosen;
  }
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // Missing on the first start, or damaged: preferences can be chosen again, so neither is worth a refusal.
    return null;
  }
}
