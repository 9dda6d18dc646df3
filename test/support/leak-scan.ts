// Looks for secrets in bytes, in every form in which they could have got there: as text in two encodings, as base64 at
// each of its three alignments, in both alphabets, and as hex.
// SPDX-License-Identifier: MIT

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Leak {
  readonly secret: string;
  readonly form: string;
}

/** Name of the form → the bytes to look for. */
export function formsOf(secret: string): ReadonlyMap<string, Buffer> {
  const plain = Buffer.from(secret, 'utf8');
  const forms = new Map([
    ['utf-8', plain],
    ['utf-16le', Buffer.from(secret, 'utf16le')],
    ['utf-16be', Buffer.from(secret, 'utf16le').swap16()],
    ['hex', Buffer.from(plain.toString('hex'))],
    ['HEX', Buffer.from(plain.toString('hex').toUpperCase())],
  ]);
  for (const shift of [0, 1, 2]) {
    for (const alphabet of ['base64', 'base64url'] as const) {
      forms.set(`${alphabet}+${shift}`, Buffer.from(toInnerBase64(plain, shift, alphabet)));
    }
  }
  return forms;
}

/** The base64 of `plain` when `shift` bytes stand before it: the characters that no neighbour has a part in. */
function toInnerBase64(plain: Buffer, shift: number, alphabet: 'base64' | 'base64url'): string {
  const text = Buffer.concat([Buffer.alloc(shift), plain])
    .toString(alphabet)
    .replace(/=+$/, '');
  const first = Math.ceil((shift * 8) / 6);
  const last = Math.floor(((shift + plain.length) * 8) / 6);
  return text.slice(first, last);
}

export function findLeaks(bytes: Buffer, secrets: readonly string[]): readonly Leak[] {
  return secrets.flatMap((secret) =>
    Array.from(formsOf(secret))
      .filter(([, form]) => bytes.includes(form))
      .map(([form]) => ({ secret, form })),
  );
}

/** Every regular file under `folder`, by its path below it. */
export function readTree(folder: string): ReadonlyMap<string, Buffer> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return new Map(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(folder.length + 1), readFileSync(path)] as const;
    }),
  );
}
