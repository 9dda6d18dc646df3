// A folder of its own for each test that needs files, and child processes that run test programs on them.
// SPDX-License-Identifier: MIT

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export class VaultFolder implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), 'latchkey-test-'));

  file(name = 'vault.latchkey'): string {
    return join(this.path, name);
  }

  /** Every byte of every file, by name. */
  bytes(): ReadonlyMap<string, Buffer> {
    return new Map(readdirSync(this.path).map((name) => [name, readFileSync(this.file(name))]));
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Runs a TypeScript test program under this Node. */
export function startProgram(program: string, ...parameters: readonly string[]): ChildProcess {
  return spawn(process.execPath, [program, ...parameters], { stdio: ['pipe', 'pipe', 'inherit'] });
}

/** The lines a program writes, one by one; ends when it does. */
export async function* linesOf(child: ChildProcess): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of child.stdout ?? []) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise((resolve) => child.once('exit', resolve));
}
