// What the figures were taken on: without it they say nothing.
// SPDX-License-Identifier: MIT

import { execFileSync } from 'node:child_process';
import { statfsSync } from 'node:fs';
import { cpus, freemem, loadavg, totalmem, type } from 'node:os';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly freeGiB: number;
  readonly system: string;
  readonly node: string;
  readonly chromium: string | null;
  /** Of the folder that the vaults lay in. */
  readonly fileSystem: string;
  /** Over the minute before the start. */
  readonly loadAtStart: number;
  readonly startedAt: string;
}

/** Linux's numbers for them (statfs(2)). */
const FILE_SYSTEMS: Readonly<Record<number, string>> = {
  0xef53: 'ext4',
  0x58465342: 'xfs',
  0x9123683e: 'btrfs',
  0x01021994: 'tmpfs',
  0x794c7630: 'overlay',
  0x2fc12fc1: 'zfs',
};

export function machineFacts(folder: string, chromium: string | null): Machine {
  const gib = (bytes: number): number => Math.round(bytes / 2 ** 30);
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: gib(totalmem()),
    freeGiB: gib(freemem()),
    system: type(),
    node: process.version,
    chromium: chromium === null ? null : versionOf(chromium),
    fileSystem: fileSystemOf(folder),
    loadAtStart: Number((loadavg()[0] ?? 0).toFixed(2)),
    startedAt: new Date().toISOString(),
  };
}

export function fileSystemOf(folder: string): string {
  const { type: number } = statfsSync(folder);
  return FILE_SYSTEMS[number] ?? `0x${number.toString(16)}`;
}

function versionOf(program: string): string | null {
  try {
    return execFileSync(program, ['--version', '--no-sandbox'], { encoding: 'utf8' }).trim();
  } catch {
    // It is not what is measured: a table without it is still a table.
    return null;
  }
}
