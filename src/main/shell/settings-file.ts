// Preferences on disk: one small JSON file, no secrets. A file that is missing or does not parse means the defaults; it
// is replaced whole (written aside, then renamed) when something is saved.
// SPDX-License-Identifier: MIT

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { AppError, type ErrorCode } from '../../shared/errors.ts';
import { settingsShape } from '../../shared/ipc/requests.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../shared/model/vault.ts';

export class SettingsError extends AppError<Extract<ErrorCode, `settings/${string}`>> {}

/** Member by member: one that does not parse takes no other with it. */
const fileShape = z.object({
  settings: settingsShape.catch(DEFAULT_SETTINGS),
  /** Paths of vault files outside our folder that were opened, and of the one opened last. */
  knownVaults: z.array(z.string()).catch([]),
  lastVault: z.string().nullable().catch(null),
});

type Content = z.output<typeof fileShape>;

export class SettingsFile {
  readonly #path: string;
  #content: Content;

  constructor(path: string) {
    this.#path = path;
    this.#content = readContent(path);
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
    const next = { ...this.#content, ...change };
    const aside = `${this.#path}.new`;
    try {
      writeFileSync(aside, `${JSON.stringify(next, null, 2)}\n`, { mode: 0o600 });
      renameSync(aside, this.#path);
    } catch (cause) {
      throw new SettingsError('settings/write-failed', 'the settings file', { cause });
    }
    this.#content = next;
  }
}

function readContent(path: string): Content {
  const fallback: Content = { settings: DEFAULT_SETTINGS, knownVaults: [], lastVault: null };
  try {
    const parsed = fileShape.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : fallback;
  } catch {
    // Missing on the first start, or damaged: preferences can be chosen again, so neither is worth a refusal.
    return fallback;
  }
}
