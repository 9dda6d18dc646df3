// The disk shim from the side of TypeScript: compiled when a run starts, loaded into a child, spoken to through its
// control file. What it is: disk-shim.c.
// SPDX-License-Identifier: MIT

import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const SOURCE = join(import.meta.dirname, 'disk-shim.c');
const ANSWER_BYTES = 64;

/** Why the shim cannot be had here, or where it lies. */
export type CompiledShim =
  | { readonly isThere: true; readonly path: string }
  | { readonly isThere: false; readonly why: string };

export function compileShim(folder: string): CompiledShim {
  if (process.platform !== 'linux') {
    return { isThere: false, why: `skipped: no LD_PRELOAD on ${process.platform}` };
  }
  const path = join(folder, 'disk-shim.so');
  const { status, error, stderr } = spawnSync(
    'cc',
    ['-shared', '-fPIC', '-O2', '-Wall', '-Wextra', '-Werror', '-pthread', '-o', path, SOURCE],
    { encoding: 'utf8' },
  );
  if (error) return { isThere: false, why: 'skipped: no C compiler' };
  if (status !== 0) throw new Error(`disk shim: does not compile\n${stderr}`);
  return { isThere: true, path };
}

/** What a process needs in its environment for `folder` to be watched. */
export function shimEnvironment(input: {
  readonly shim: string;
  readonly folder: string;
  readonly control: string;
}): NodeJS.ProcessEnv {
  return {
    ...process.env,
    LD_PRELOAD: input.shim,
    LATCHKEY_DISK_FOLDER: input.folder,
    LATCHKEY_DISK_CONTROL: input.control,
    // Its writes would go past the functions that are watched.
    UV_USE_IO_URING: '0',
  };
}

export type FaultForm = 'once' | 'lasting' | 'short';

/** Inside the child that has the shim. */
export class DiskShim implements Disposable {
  readonly #file: number;

  constructor(control: string) {
    this.#file = openSync(control, 'w+');
  }

  /** Records into `path` from here on; null ends it. */
  log(path: string | null): void {
    this.#command(path === null ? 'log' : `log ${path}`);
  }

  mark(text: string): void {
    this.#command(`mark ${text}`);
  }

  /** The call of number `at`, counted from now and from 1, fails with `errno`. */
  arm(errno: number, at: number, form: FaultForm): void {
    this.#command(`arm ${String(errno)} ${String(at)} ${form}`);
  }

  /** How many calls there were since it was armed, and how many of them failed. */
  disarm(): { readonly calls: number; readonly failed: number } {
    this.#command('disarm');
    const answer = Buffer.alloc(ANSWER_BYTES);
    const length = readSync(this.#file, answer, 0, ANSWER_BYTES, 0);
    const [calls = NaN, failed = NaN] = answer.toString('utf8', 0, length).split(/\s/).map(Number);
    return { calls, failed };
  }

  [Symbol.dispose](): void {
    closeSync(this.#file);
  }

  #command(text: string): void {
    writeSync(this.#file, text);
  }
}
