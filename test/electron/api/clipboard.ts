// clipboard: under test one in memory, for this application alone; where a person runs it the system's, through the
// program that is installed, else in memory.
// SPDX-License-Identifier: MIT

import { execFile, execFileSync } from 'node:child_process';
import { strictObject } from '../page/strict-object.ts';
import { findProgram } from './find-program.ts';
import { standIn } from './stand-in.ts';

interface ClipboardPrograms {
  readonly read: readonly [string, ...string[]];
  readonly write: readonly [string, ...string[]];
}

const PROGRAMS: readonly ClipboardPrograms[] = [
  { read: ['wl-paste', '--no-newline'], write: ['wl-copy'] },
  { read: ['xclip', '-selection', 'clipboard', '-o'], write: ['xclip', '-selection', 'clipboard'] },
  { read: ['xsel', '--clipboard', '--output'], write: ['xsel', '--clipboard', '--input'] },
];

let text = '';
let found: ClipboardPrograms | null | undefined;

function programs(): ClipboardPrograms | null {
  const { isUnderTest, isHeadless } = standIn().options;
  if (isUnderTest || isHeadless) return null;
  found ??= PROGRAMS.find(({ write: [name] }) => findProgram(name) !== null) ?? null;
  return found;
}

function readSystem({ read: [name, ...args] }: ClipboardPrograms): Promise<string> {
  return new Promise((resolve) => {
    // An empty clipboard is an error to these programs.
    execFile(name, args, (error, stdout) => {
      resolve(error === null ? stdout : '');
    });
  });
}

function write(value: string): void {
  const system = programs();
  text = value;
  if (system === null) return;
  const [name, ...args] = system.write;
  // They stay behind to serve the text, so their output must not be waited for.
  execFileSync(name, args, { input: value, stdio: ['pipe', 'ignore', 'ignore'] });
}

/** One entry with the representations of one thing. */
export class ClipboardItem {
  readonly #items: Readonly<Record<string, string>>;

  constructor(items: Record<string, unknown>) {
    for (const [type, value] of Object.entries(items)) {
      if (type === 'text/plain' && typeof value === 'string') continue;
      throw new Error(`not implemented in the stand-in: a ClipboardItem of ${type}`);
    }
    this.#items = items as Record<string, string>;
  }

  get types(): string[] {
    return Object.keys(this.#items);
  }

  getType(type: string): Promise<Blob> {
    const value = this.#items[type];
    if (value === undefined) return Promise.reject(new Error(`ClipboardItem: no ${type}`));
    return Promise.resolve(new Blob([value], { type }));
  }
}

strictObject('ClipboardItem', ClipboardItem.prototype);

export const clipboard = strictObject('clipboard', {
  readText(): Promise<string> {
    const system = programs();
    return system === null ? Promise.resolve(text) : readSystem(system);
  },
  writeText(value: string): Promise<void> {
    write(value);
    return Promise.resolve();
  },
  clear(): void {
    write('');
  },
  async has(mimetype: string): Promise<boolean> {
    return mimetype === 'text/plain' && (await clipboard.readText()) !== '';
  },
  async read(): Promise<ClipboardItem[]> {
    const value = await clipboard.readText();
    return value === '' ? [] : [new ClipboardItem({ 'text/plain': value })];
  },
  async write(data: ClipboardItem[]): Promise<void> {
    const [first, ...rest] = data;
    if (first === undefined || rest.length > 0) {
      throw new Error('not implemented in the stand-in: clipboard.write of anything but one item');
    }
    write(await (await first.getType('text/plain')).text());
  },
});
