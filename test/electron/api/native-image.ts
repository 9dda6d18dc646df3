// nativeImage, for PNG only: what a page's picture is returned as, and icons read from files.
// SPDX-License-Identifier: MIT

import { readFileSync } from 'node:fs';
import { strictObject } from '../page/strict-object.ts';
import { notImplemented } from './not-implemented.ts';
import { strictStatics } from './strict-emitter.ts';

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const DATA_URL_PREFIX = 'data:image/png;base64,';

export class NativeImage {
  readonly #png: Buffer;

  constructor(png: Uint8Array) {
    this.#png = Buffer.from(png);
  }

  static createEmpty(): NativeImage {
    return new NativeImage(Buffer.alloc(0));
  }

  static createFromPath(path: string): NativeImage {
    return fromPng(readFileSync(path));
  }

  static createFromDataURL(dataUrl: string): NativeImage {
    if (!dataUrl.startsWith(DATA_URL_PREFIX)) throw notImplemented('nativeImage of another kind');
    return fromPng(Buffer.from(dataUrl.slice(DATA_URL_PREFIX.length), 'base64'));
  }

  isEmpty(): boolean {
    return this.#png.length === 0;
  }

  getSize(): { width: number; height: number } {
    if (this.isEmpty()) return { width: 0, height: 0 };
    return { width: this.#png.readUInt32BE(16), height: this.#png.readUInt32BE(20) };
  }

  toPNG(): Buffer {
    return Buffer.from(this.#png);
  }

  toDataURL(): string {
    return DATA_URL_PREFIX + this.#png.toString('base64');
  }
}

strictStatics('nativeImage', NativeImage);
strictObject('nativeImage', NativeImage.prototype);

function fromPng(bytes: Buffer): NativeImage {
  if (!bytes.subarray(0, 8).equals(PNG_SIGNATURE))
    throw notImplemented('nativeImage of another kind');
  return new NativeImage(bytes);
}
