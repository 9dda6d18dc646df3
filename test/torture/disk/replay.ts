// What a disk may hold after the power fails in the middle of a recording. POSIX promises only what was synced: of all
// else any part may be there, a file's data by its fsync, a name by an fsync of its folder, in sectors of 512 bytes.
// SPDX-License-Identifier: MIT

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Dice } from '../dice.ts';
import type { DiskEvent } from './recording.ts';

/**
 * `prefix`: all that was written up to a point. `nothing-unsynced`: what was synced and no more. `random-subset`: any
 * of what was not synced. `torn-sector`: the last write in parts, on top of one of the other three.
 */
export const CRASH_FORMS = ['prefix', 'nothing-unsynced', 'random-subset', 'torn-sector'] as const;
export type CrashForm = (typeof CRASH_FORMS)[number];

/** Names and what lies behind them. */
export type DiskState = ReadonlyMap<string, Uint8Array>;

const SECTOR = 512;
/** What a name of a folder stands for. */
const FOLDER = 'folder';

type FileChange = Extract<DiskEvent, { kind: 'write' | 'truncate' }>;

/** A file apart from its names: names come and go. */
interface DiskFile {
  readonly synced: Uint8Array;
  readonly unsynced: readonly FileChange[];
}

type Names = Map<string, MutableFile | typeof FOLDER>;

interface NameChange {
  /** Whose sync makes it lasting. */
  readonly folder: string;
  readonly apply: (names: Names) => void;
}

class MutableFile implements DiskFile {
  synced: Uint8Array;
  unsynced: FileChange[] = [];

  constructor(synced: Uint8Array) {
    this.synced = synced;
  }

  sync(): void {
    this.synced = applyAll(this.synced, this.unsynced);
    this.unsynced = [];
  }
}

/** A folder before the recording begins; all of it counts as synced. */
export interface StartFiles {
  /** Folders in it, by names as those of files: `folder/file`. */
  readonly folders: readonly string[];
  readonly files: readonly {
    readonly name: string;
    readonly inode: bigint;
    readonly bytes: Uint8Array;
  }[];
}

export function startFilesOf(folder: string): StartFiles {
  const { folders, files } = namesIn(folder);
  return {
    folders,
    files: files.map((name) => {
      const path = join(folder, name);
      return { name, inode: statSync(path, { bigint: true }).ino, bytes: readFileSync(path) };
    }),
  };
}

/** Everything below a folder. */
export function namesIn(folder: string): Readonly<Record<'folders' | 'files', readonly string[]>> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const isFolder = (name: string): boolean => statSync(join(folder, name)).isDirectory();
  return { folders: names.filter(isFolder), files: names.filter((name) => !isFolder(name)) };
}

/** The disk as the events go by, with what is synced and what is not kept apart. */
export class ReplayedDisk {
  readonly #inodes = new Map<bigint, MutableFile>();
  /** As the folder's last sync left them. */
  readonly #syncedNames: Names = new Map();
  #unsyncedNames: NameChange[] = [];
  /** As a running program sees them. */
  readonly #names: Names = new Map();
  #last: { readonly file: MutableFile; readonly change: FileChange } | null = null;

  constructor(start: StartFiles) {
    for (const name of start.folders) {
      this.#names.set(name, FOLDER);
      this.#syncedNames.set(name, FOLDER);
    }
    for (const { name, inode, bytes } of start.files) {
      const file = new MutableFile(bytes);
      this.#inodes.set(inode, file);
      this.#names.set(name, file);
      this.#syncedNames.set(name, file);
    }
  }

  apply(event: DiskEvent): void {
    switch (event.kind) {
      case 'created': {
        const file = new MutableFile(new Uint8Array(0));
        this.#inodes.set(event.inode, file);
        this.#changeNames(event.name, (names) => names.set(event.name, file));
        break;
      }
      case 'write':
      case 'truncate':
        this.#changeFile(event);
        break;
      case 'sync':
        this.#inodes.get(event.inode)?.sync();
        break;
      case 'sync-folder':
        this.#syncNames(event.name);
        break;
      case 'folder':
        this.#changeNames(event.name, (names) => names.set(event.name, FOLDER));
        break;
      case 'rename':
      case 'link': {
        const file = this.#names.get(event.from);
        if (file === undefined) throw new Error('replay: a name that nobody made');
        const isMove = event.kind === 'rename';
        this.#changeNames(event.to, (names) => {
          names.set(event.to, file);
          if (isMove && names.get(event.from) === file) names.delete(event.from);
        });
        break;
      }
      case 'unlink': {
        const file = this.#names.get(event.name);
        this.#changeNames(event.name, (names) => {
          if (names.get(event.name) === file) names.delete(event.name);
        });
        break;
      }
      case 'mark':
        break;
    }
  }

  /** One state that a loss of power at this moment may leave. */
  crash(form: CrashForm, dice: Dice): DiskState {
    const base = form === 'torn-sector' ? dice.pick(CRASH_FORMS.slice(0, 3)) : form;
    const torn = form === 'torn-sector' ? this.#last : null;
    const names = new Map(this.#syncedNames);
    for (const change of this.#unsyncedNames) {
      if (isKept(base, dice)) change.apply(names);
    }
    const state = new Map<string, Uint8Array>();
    for (const [name, file] of names) {
      if (file === FOLDER || !isReachable(name, names)) continue;
      state.set(name, contentAfter(file, { base, torn, dice }));
    }
    return state;
  }

  #changeNames(name: string, apply: NameChange['apply']): void {
    apply(this.#names);
    this.#unsyncedNames.push({ folder: folderOf(name), apply });
  }

  #syncNames(folder: string): void {
    for (const change of this.#unsyncedNames) {
      if (change.folder === folder) change.apply(this.#syncedNames);
    }
    this.#unsyncedNames = this.#unsyncedNames.filter((change) => change.folder !== folder);
  }

  #changeFile(change: FileChange): void {
    const file = this.#inodes.get(change.inode);
    if (file === undefined) throw new Error('replay: a write to a file that nobody opened');
    file.unsynced.push(change);
    if (change.kind === 'write') this.#last = { file, change };
  }
}

/** Empty for the watched folder itself. */
function folderOf(name: string): string {
  const folder = dirname(name);
  return folder === '.' ? '' : folder;
}

/** A file is only as lasting as the name of the folder that it lies in. */
function isReachable(name: string, names: Names): boolean {
  const folder = folderOf(name);
  return folder === '' || (names.has(folder) && isReachable(folder, names));
}

function isKept(form: CrashForm, dice: Dice): boolean {
  return form === 'prefix' || (form === 'random-subset' && dice.oneIn(2));
}

function contentAfter(
  file: DiskFile,
  how: {
    readonly base: CrashForm;
    readonly torn: { readonly file: DiskFile; readonly change: FileChange } | null;
    readonly dice: Dice;
  },
): Uint8Array {
  const { base, torn, dice } = how;
  const kept: FileChange[] = [];
  for (const change of file.unsynced) {
    if (torn?.change === change) kept.push(...tear(change, dice));
    else if (isKept(base, dice)) kept.push(change);
    // The new length may reach the disk without the data: the file then ends in zeros.
    else if (base === 'random-subset' && dice.oneIn(4)) kept.push(...lengthOnly(change));
  }
  return applyAll(file.synced, kept);
}

/** Some sectors of a write, aligned as the disk has them. */
function tear(change: FileChange, dice: Dice): readonly FileChange[] {
  if (change.kind === 'truncate') return [];
  const parts: FileChange[] = [];
  let at = 0;
  while (at < change.data.length) {
    const offset = change.offset + at;
    const end = Math.min(change.data.length, at + SECTOR - (offset % SECTOR));
    if (dice.oneIn(2)) parts.push({ ...change, offset, data: change.data.subarray(at, end) });
    at = end;
  }
  return parts;
}

function lengthOnly(change: FileChange): readonly FileChange[] {
  if (change.kind === 'truncate') return [];
  const offset = change.offset + change.data.length;
  return [{ ...change, offset, data: new Uint8Array(0) }];
}

function applyAll(content: Uint8Array, changes: readonly FileChange[]): Uint8Array {
  const room = changes.reduce((most, change) => Math.max(most, endOf(change)), content.length);
  const bytes = new Uint8Array(room);
  bytes.set(content);
  let size = content.length;
  for (const change of changes) {
    if (change.kind === 'truncate') {
      if (change.size < size) bytes.fill(0, change.size, size);
      size = change.size;
    } else {
      bytes.set(change.data, change.offset);
      size = Math.max(size, endOf(change));
    }
  }
  return bytes.subarray(0, size);
}

function endOf(change: FileChange): number {
  return change.kind === 'truncate' ? change.size : change.offset + change.data.length;
}
