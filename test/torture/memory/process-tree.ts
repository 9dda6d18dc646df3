// The processes of an app, by the system's own account (proc(5)): the one that was started and all that come from it.
// SPDX-License-Identifier: MIT

import { readdirSync, readFileSync } from 'node:fs';

export interface AppProcess {
  readonly pid: number;
  /** What it is there for: `main`, `vault`, or the type that Chromium gives its own. */
  readonly role: string;
}

export function processesOf(root: number): readonly AppProcess[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    const parent = Number.isInteger(pid) ? parentOf(pid) : null;
    if (parent !== null) parents.set(pid, parent);
  }
  const isOurs = (pid: number): boolean => {
    for (let one: number | undefined = pid; one !== undefined; one = parents.get(one)) {
      if (one === root) return true;
    }
    return false;
  };
  const pids = [...parents.keys()].filter(isOurs).sort((a, b) => a - b);
  return pids.map((pid) => ({ pid, role: pid === root ? 'main' : roleOf(pid) }));
}

/** Null for one that has gone, or only waits to be reaped. */
function parentOf(pid: number): number | null {
  const status = read(pid, 'status');
  if (status === null || /^State:\tZ/m.test(status)) return null;
  return Number(/^PPid:\t(\d+)$/m.exec(status)?.[1] ?? 0);
}

function roleOf(pid: number): string {
  const command = read(pid, 'cmdline') ?? '';
  if (/vault-process\.js|node\.mojom\.NodeService/.test(command)) return 'vault';
  const type = /--type=([a-z-]+)/.exec(command)?.[1];
  if (type !== undefined) return type;
  return /chrom|electron/i.test(command) ? 'browser' : 'other';
}

function read(pid: number, file: string): string | null {
  try {
    return readFileSync(`/proc/${String(pid)}/${file}`, 'latin1');
  } catch {
    // It ended while it was looked at.
    return null;
  }
}
