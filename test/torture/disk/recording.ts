// A recording of the disk shim, read back: every change of a file or a name below one folder, in order, with its data.
// The layout of a record is stated at the top of disk-shim.c.
// SPDX-License-Identifier: MIT

import { readFileSync } from 'node:fs';

export type DiskEvent =
  /** A file that came to be by being opened. */
  | { readonly kind: 'created'; readonly name: string; readonly inode: bigint }
  | {
      readonly kind: 'write';
      readonly inode: bigint;
      readonly offset: number;
      readonly data: Uint8Array;
    }
  | { readonly kind: 'truncate'; readonly inode: bigint; readonly size: number }
  | { readonly kind: 'sync'; readonly inode: bigint }
  /** `name` is empty for the watched folder itself, as in every name below it. */
  | { readonly kind: 'sync-folder' | 'folder'; readonly name: string }
  | { readonly kind: 'rename' | 'link'; readonly from: string; readonly to: string }
  | { readonly kind: 'unlink'; readonly name: string }
  | { readonly kind: 'mark'; readonly text: string };

const HEADER_BYTES = 24;
const utf8 = new TextDecoder();

export function readRecording(path: string): readonly DiskEvent[] {
  const bytes = readFileSync(path);
  const events: DiskEvent[] = [];
  let at = 0;
  while (at < bytes.length) {
    const pathBytes = bytes.readUInt16LE(at + 2);
    const dataBytes = bytes.readUInt32LE(at + 4);
    const pathAt = at + HEADER_BYTES;
    const dataAt = pathAt + pathBytes;
    events.push(
      toEvent({
        kind: bytes.readUInt8(at),
        isFolder: bytes.readUInt8(at + 1) === 1,
        inode: bytes.readBigUInt64LE(at + 8),
        offset: Number(bytes.readBigUInt64LE(at + 16)),
        name: utf8.decode(bytes.subarray(pathAt, dataAt)),
        data: bytes.subarray(dataAt, dataAt + dataBytes),
      }),
    );
    at = dataAt + dataBytes;
  }
  return events;
}

function toEvent(record: {
  readonly kind: number;
  readonly isFolder: boolean;
  readonly inode: bigint;
  readonly offset: number;
  readonly name: string;
  readonly data: Uint8Array;
}): DiskEvent {
  const { kind, isFolder, inode, offset, name, data } = record;
  switch (kind) {
    case 1:
      return { kind: 'created', name, inode };
    case 2:
      return { kind: 'write', inode, offset, data };
    case 3:
      return { kind: 'truncate', inode, size: offset };
    case 4:
      return isFolder ? { kind: 'sync-folder', name } : { kind: 'sync', inode };
    case 5:
      return { kind: 'rename', from: name, to: utf8.decode(data) };
    case 6:
      return { kind: 'link', from: name, to: utf8.decode(data) };
    case 7:
      return { kind: 'unlink', name };
    case 8:
      return { kind: 'mark', text: utf8.decode(data) };
    case 9:
      return { kind: 'folder', name };
    default:
      throw new Error(`recording: unknown kind ${String(kind)}`);
  }
}
