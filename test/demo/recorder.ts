// Runs the demo's steps: a line on the screen, a picture and a row of the report for each. A failing step fails it all.
// SPDX-License-Identifier: MIT

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';

export interface StepReport {
  readonly name: string;
  readonly ok: boolean;
  readonly ms: number;
  readonly detail: string;
}

export interface StepOutcome {
  /** What was seen to hold, in a sentence. */
  readonly detail: string;
  /** The page to take the step's picture of. */
  readonly picture: Page;
}

export class Recorder {
  readonly #folder: string;
  readonly #steps: StepReport[] = [];

  constructor(folder = resolve(import.meta.dirname, '../../out/demo')) {
    this.#folder = folder;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }

  get hasFailed(): boolean {
    return this.#steps.some(({ ok }) => !ok);
  }

  /** Runs one step; rethrows what it throws, so that the stories after it do not start on sand. */
  async step(name: string, action: () => Promise<StepOutcome>): Promise<void> {
    const began = performance.now();
    try {
      const { detail, picture } = await action();
      await this.#picture(name, picture);
      this.#record({ name, ok: true, ms: Math.round(performance.now() - began), detail });
    } catch (error) {
      const detail =
        error instanceof Error ? error.message.split('\n', 4).join(' ') : String(error);
      this.#record({ name, ok: false, ms: Math.round(performance.now() - began), detail });
      throw error;
    }
  }

  /** Writes report.json: `{ok, steps}`. */
  finish(): boolean {
    const ok = this.#steps.length > 0 && !this.hasFailed;
    const report = { ok, steps: this.#steps };
    writeFileSync(join(this.#folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
    return ok;
  }

  #record(step: StepReport): void {
    this.#steps.push(step);
    console.log(`${step.ok ? '✓' : '✗'} ${step.name} (${step.ms} ms): ${step.detail}`);
  }

  async #picture(name: string, page: Page): Promise<void> {
    const number = String(this.#steps.length + 1).padStart(2, '0');
    const slug = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    await page.screenshot({ path: join(this.#folder, `${number}-${slug}.png`) });
  }
}
