// clipboard: under test one in memory, for this application alone; where a person runs it the system's, through the
// program that is installed, else in memory.
// SPDX-License-Identifier: MIT

import { execFile, execFileSync } from 'node:child_process';
import { strictObject } from '../page/strict-object.ts';
import { findProgram } from './find-program.ts';
import { notImplemented } from './not-implemented.ts';
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
let picture: Blob | null = null;
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
  picture = null;
  if (system === null) return;
  const [name, ...args] = system.write;
  // They stay behind to serve the text, so their output must not be waited for.
  execFileSync(name, args, { input: value, stdio: ['pipe', 'ignore', 'ignore'] });
}

const PICTURE = 'image/png';

/** One entry with the representations of one thing: text, or under test a picture. */
export class ClipboardItem {
  readonly #items: ReadonlyMap<string, Blob>;

  constructor(items: Record<string, unknown>) {
    this.#items = new Map(
      Object.entries(items).map(([type, value]) => {
        if (type === 'text/plain' && typeof value === 'string') {
          return [type, new Blob([value], { type })];
        }
        if (type === PICTURE && value instanceof Blob) return [type, value];
        throw notImplemented(`a ClipboardItem of ${type}`);
      }),
    );
  }

  get types(): string[] {
    return [...this.#items.keys()];
  }

  getType(type: string): Promise<Blob> {
    const value = this.#items.get(type);
    return value === undefined
      ? Promise.reject(new Error(`ClipboardItem: no ${type}`))
      : Promise.resolve(value);
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
    return (await clipboard.read()).some(({ types }) => types.includes(mimetype));
  },
  async read(): Promise<ClipboardItem[]> {
    if (picture !== null) return [new ClipboardItem({ [PICTURE]: picture })];
    const value = await clipboard.readText();
    return value === '' ? [] : [new ClipboardItem({ 'text/plain': value })];
  },
  async write(data: ClipboardItem[]): Promise<void> {
    const [first, ...rest] = data;
    if (first === undefined || rest.length > 0) {
      throw notImplemented('clipboard.write of anything but one item');
    }
    if (!first.types.includes(PICTURE)) {
      write(await (await first.getType('text/plain')).text());
      return;
    }
    if (!standIn().options.isUnderTest) throw notImplemented('clipboard.write of a picture');
    const copied = await first.getType(PICTURE);
    write('');
    picture = copied;
  },
});
