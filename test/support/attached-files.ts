// Files of items for tests: attached and read as the product does.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../src/shared/brand.ts';
import { joinBytes, toHex, toUtf8 } from '../../src/shared/bytes.ts';
import { sha256 } from '../../src/main/crypto/digest.ts';
import type { Attachment } from '../../src/main/vault/item.ts';
import type { UnlockedVault } from '../../src/main/vault/unlocked-vault.ts';

export function attachmentOf(id: string, sizeBytes: number): Attachment {
  return { id, name: 'canary-file.txt', sizeBytes, addedAt: 1_700_000_000_009 };
}

/** Adds a file to an item as the product does; returns the attachment's id. */
export function attach(vault: UnlockedVault, id: ItemId, content: Uint8Array): string {
  const writer = vault.beginAttachment(id);
  writer.write(content);
  const head = writer.finish();
  const item = vault.get(id);
  const attachments = [...item.attachments, attachmentOf(writer.id, content.length)];
  vault.saveWithAttachment({ ...item, attachments }, head);
  return writer.id;
}

/** A whole file of an item. */
export function readAttached(vault: UnlockedVault, itemId: ItemId, id: string): Uint8Array {
  using reader = vault.attachments.read(itemId, id);
  return joinBytes([...reader.chunks()]);
}

/** Bytes that tell by their content where in the file they lie. */
export function patternBytes(length: number, label = 'pattern'): Uint8Array<ArrayBuffer> {
  const block = toUtf8(`${label} ${toHex(sha256(toUtf8(label)))} `);
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  for (let offset = 0; offset < length; offset += block.length) {
    bytes.set(block.subarray(0, Math.min(block.length, length - offset)), offset);
    if (offset + 4 <= length) view.setUint32(offset, offset);
  }
  return bytes;
}
