// R9, memory after lock: the app as it was built is unlocked, used and locked, again and again; a second after each lock
// the memory of all its processes is looked through for a hundred secrets of the vault that nobody was shown.
// SPDX-License-Identifier: MIT

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AnsweringChild } from './child-process.ts';
import { firstOf, type Suite, type TortureOptions, type TortureRow } from './suite.ts';

export interface LockOrder {
  readonly seed: string;
  readonly cycles: number;
}

/** What one process held of what it must not hold; no secret is in it. */
export interface MemoryFinding {
  readonly cycle: number;
  readonly role: string;
  readonly what: string;
  readonly form: string;
  readonly mapping: string;
  readonly address: string;
  /** Readable text right before it: what kind of message or record it is a part of. */
  readonly near: string;
}

export interface LockReport {
  /** Why nothing could be looked at here; null where it could. */
  readonly skipped: string | null;
  readonly canaries: number;
  readonly cycles: number;
  readonly findings: readonly MemoryFinding[];
  /** Roles of processes in which the secret that was on the screen was found while it was. */
  readonly shownIn: readonly string[];
  /** Hits of secrets that nobody was shown while the vault was open, by role: not judged. */
  readonly whileOpen: Readonly<Record<string, number>>;
  /** Hits of the secret that had been shown, after the last lock, by role: not judged. */
  readonly shownLeft: Readonly<Record<string, number>>;
  readonly processes: readonly string[];
  readonly megabytesPerScan: number;
}

const PROGRAM = join(import.meta.dirname, 'children/lock-and-look.ts');
const BUILT = resolve(import.meta.dirname, '../../dist/main/main.js');
const NAME = 'memory after lock';
/**
 * Debian's Chromium tells a password manager of its own, in its browser process, what is typed into every field. Electron's
 * has none, and neither has this one.
 */
const HEADLESS_SHELL = '/usr/lib/chromium/chromium-headless-shell';
/** A cycle takes some seconds; this is one that hangs. */
const LONGEST_MS = 60 * 60_000;

export const memoryAfterLock: Suite = {
  name: NAME,
  async run(options) {
    const missing = whyNot();
    if (missing !== null) return [skippedRow(missing, options)];
    await ensureBuilt();
    using child = new AnsweringChild(PROGRAM, {
      longestMs: LONGEST_MS,
      env: environmentLikeElectrons(),
    });
    const order: LockOrder = { seed: options.seed, cycles: options.lockCycles };
    const report = (await child.ask(order)) as LockReport | { readonly why: string } | null;
    if (report === null) return [failedRow('the child ended without a report')];
    if ('why' in report) return [failedRow(report.why)];
    return [report.skipped === null ? toRow(report) : skippedRow(report.skipped, options)];
  },
};

/** The Chromium that is most like Electron's, unless another was asked for. */
function environmentLikeElectrons(): NodeJS.ProcessEnv {
  const shell = existsSync(HEADLESS_SHELL) ? { LATCHKEY_CHROMIUM: HEADLESS_SHELL } : {};
  return { ...shell, ...process.env };
}

function whyNot(): string | null {
  return existsSync('/proc/self/pagemap') ? null : 'needs Linux';
}

/** As `npm start` does: what is there is taken, what is missing is made. */
async function ensureBuilt(): Promise<void> {
  if (existsSync(BUILT)) return;
  const { buildAll } = await import('../../scripts/build.ts');
  await buildAll();
}

function toRow(report: LockReport): TortureRow {
  const { canaries, cycles, findings, shownIn, whileOpen, shownLeft } = report;
  const faults = findings.map(
    ({ cycle, role, what, form, mapping, address, near }) =>
      `cycle ${String(cycle)}: ${what} as ${form} in ${role}, at ${address} of ${mapping}, behind ${JSON.stringify(near)}`,
  );
  const isBlind = shownIn.length === 0;
  const blind = isBlind ? ['the secret on the screen was not found: the search sees nothing'] : [];
  return {
    name: NAME,
    count: cycles,
    ok: faults.length === 0 && !isBlind,
    detail: {
      ...{ canaries, hits: findings.length, hitsByRole: countBy(findings.map(({ role }) => role)) },
      shownFoundIn: shownIn.join(' '),
      ...{ megabytesPerScan: report.megabytesPerScan, processes: report.processes },
      ...{ whileOpen, shownLeft, faults: [...blind, ...firstOf(faults, 12)] },
    },
  };
}

function countBy(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

function skippedRow(why: string, { allowMissing }: TortureOptions): TortureRow {
  return { name: NAME, count: 0, ok: allowMissing, detail: { why: `skipped: ${why}` } };
}

function failedRow(why: string): TortureRow {
  return { name: NAME, count: 0, ok: false, detail: { why } };
}
