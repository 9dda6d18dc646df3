// The picture on the clipboard, for a window to look for a QR code in.
// SPDX-License-Identifier: MIT

import { clipboard } from 'electron/main';

const TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

/** Its bytes; null where the clipboard holds none. */
export async function pastePicture(): Promise<Uint8Array | null> {
  for (const item of await clipboard.read()) {
    const type = TYPES.find((one) => item.types.includes(one));
    if (type === undefined) continue;
    const blob = await item.getType(type);
    if (blob instanceof Blob) return new Uint8Array(await blob.arrayBuffer());
  }
  return null;
}
