// Looks through the memory of another process: every page that is there, of every mapping it can write to and of every
// one without a file behind it. What a program can only read of a file is the file's, and left out.
// SPDX-License-Identifier: MIT

import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

export interface Needle {
  /** What it is the form of, for the report. */
  readonly name: string;
  readonly form: string;
  readonly bytes: Buffer;
}

export interface MemoryHit {
  readonly needle: Needle;
  /** In hex, as in /proc/PID/maps. */
  readonly address: string;
  readonly mapping: string;
  /** What stands right before it, and there and behind it. */
  readonly before: Buffer;
  readonly context: Buffer;
}

export interface MemoryScan {
  readonly hits: readonly MemoryHit[];
  readonly bytes: number;
}

const PAGE = 4096;
const CHUNK = 16 * 1024 * 1024;
const CONTEXT = 96;
const PAGES_AT_ONCE = 64 * 1024;

/** Throws where the process may not be read; a process that ends meanwhile has no hits any more. */
export function scanMemory(pid: number, needles: readonly Needle[]): MemoryScan {
  const folder = `/proc/${String(pid)}`;
  const overlap = Math.max(...needles.map(({ bytes }) => bytes.length)) - 1;
  const hits: MemoryHit[] = [];
  let bytes = 0;
  const memory = openSync(`${folder}/mem`, 'r');
  const pagemap = openSync(`${folder}/pagemap`, 'r');
  const buffer = Buffer.allocUnsafeSlow(CHUNK + CONTEXT);
  try {
    for (const mapping of mappingsOf(readFileSync(`${folder}/maps`, 'latin1'))) {
      for (const { start, end } of presentRuns(pagemap, mapping)) {
        for (let at = start; at < end; at += CHUNK - overlap) {
          const length = readAt(memory, buffer, { at, length: Math.min(CHUNK, end - at) });
          if (length === 0) break;
          bytes += length;
          hits.push(...find(buffer.subarray(0, length), needles, { at, name: mapping.name }));
        }
      }
    }
  } finally {
    closeSync(pagemap);
    closeSync(memory);
    // What was found must not be found again, in this process.
    buffer.fill(0);
  }
  return { hits: withoutDoubles(hits), bytes };
}

interface Mapping {
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

function mappingsOf(maps: string): readonly Mapping[] {
  return maps.split('\n').flatMap((line) => {
    const parts = /^([0-9a-f]+)-([0-9a-f]+) (\S{4}) \S+ \S+ (\d+) *(.*)$/.exec(line);
    if (parts === null) return [];
    const [, start = '', end = '', rights = '', inode = '0', name = ''] = parts;
    if (!rights.startsWith('r') || /^\[(vvar|vsyscall)/.test(name)) return [];
    const isOfFile = inode !== '0' && !/^(\/dev\/shm|\/memfd:)|\(deleted\)$/.test(name);
    if (isOfFile && rights[1] !== 'w') return [];
    const label = `${rights} ${name === '' ? 'anonymous' : name}`;
    return [{ start: parseInt(start, 16), end: parseInt(end, 16), name: label }];
  });
}

/** Pages that were never touched are not there, and reading them would make gigabytes of zeroes. */
function* presentRuns(pagemap: number, { start, end }: Mapping): Generator<Omit<Mapping, 'name'>> {
  const entries = Buffer.alloc(PAGES_AT_ONCE * 8);
  let run: number | null = null;
  for (let at = start; at < end; at += PAGES_AT_ONCE * PAGE) {
    const count = Math.min(PAGES_AT_ONCE, (end - at) / PAGE);
    const request = { at: (at / PAGE) * 8, length: count * 8 };
    const pages = readAt(pagemap, entries, request) / 8;
    for (let page = 0; page < pages; page += 1) {
      // Bit 63: in memory; bit 62: swapped out (Documentation/admin-guide/mm/pagemap.rst).
      const isThere = ((entries[page * 8 + 7] ?? 0) & 0xc0) !== 0;
      const address = at + page * PAGE;
      if (isThere) run ??= address;
      else if (run !== null) {
        yield { start: run, end: address };
        run = null;
      }
    }
  }
  if (run !== null) yield { start: run, end };
}

/** Zero where it cannot be read, as for memory that has just been unmapped. */
function readAt(
  file: number,
  buffer: Buffer,
  { at, length }: { readonly at: number; readonly length: number },
): number {
  try {
    return readSync(file, buffer, 0, length, at);
  } catch {
    return 0;
  }
}

function find(
  bytes: Buffer,
  needles: readonly Needle[],
  place: { readonly at: number; readonly name: string },
): readonly MemoryHit[] {
  const hits: MemoryHit[] = [];
  for (const needle of needles) {
    let at = bytes.indexOf(needle.bytes);
    while (at >= 0) {
      const address = (place.at + at).toString(16);
      const before = Buffer.from(bytes.subarray(Math.max(0, at - CONTEXT), at));
      const context = Buffer.from(bytes.subarray(at, at + CONTEXT));
      hits.push({ needle, address, mapping: place.name, before, context });
      at = bytes.indexOf(needle.bytes, at + needle.bytes.length);
    }
  }
  return hits;
}

/** Where two chunks overlap a hit is seen twice. */
function withoutDoubles(hits: readonly MemoryHit[]): readonly MemoryHit[] {
  return [
    ...new Map(
      hits.map((hit) => [`${hit.needle.form} ${hit.needle.name} ${hit.address}`, hit]),
    ).values(),
  ];
}

/** `secret` in every form in which a program could have it; bytes and text are looked for alike. */
export function needlesFor(name: string, secret: Buffer): readonly Needle[] {
  const text = new Map<string, string>();
  text.set('hex', secret.toString('hex'));
  text.set('HEX', secret.toString('hex').toUpperCase());
  for (const shift of [0, 1, 2]) {
    for (const alphabet of ['base64', 'base64url'] as const) {
      text.set(`${alphabet}+${String(shift)}`, innerBase64(secret, shift, alphabet));
    }
  }
  const forms = new Map<string, Buffer>([
    ['bytes or utf-8', secret],
    ['utf-16le', Buffer.from(secret.toString('latin1'), 'utf16le')],
  ]);
  for (const [form, value] of text) {
    forms.set(form, Buffer.from(value, 'latin1'));
    forms.set(`${form} in utf-16le`, Buffer.from(value, 'utf16le'));
  }
  const seen = new Set<string>();
  return Array.from(forms, ([form, bytes]) => ({ name, form, bytes })).filter(({ bytes }) => {
    const key = bytes.toString('latin1');
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** The base64 of `plain` behind `shift` bytes: the characters that no neighbour has a part in. */
function innerBase64(plain: Buffer, shift: number, alphabet: 'base64' | 'base64url'): string {
  const text = Buffer.concat([Buffer.alloc(shift), plain])
    .toString(alphabet)
    .replace(/=+$/, '');
  return text.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + plain.length) * 8) / 6));
}
