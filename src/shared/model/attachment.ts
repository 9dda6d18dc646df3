// Attachments as windows see them.
// SPDX-License-Identifier: MIT

import type { AttachmentDetail, ChangeReceipt } from './item.ts';

export type AttachmentAdded = ChangeReceipt & { readonly attachment: AttachmentDetail };

/** Copies of an item's files in a folder: none took the place of a file that was there. */
export interface AttachmentsSaved {
  /** Of the folder, without those above it. */
  readonly folderName: string;
  /** The names that they have there. */
  readonly saved: readonly string[];
  /** How many are damaged and were left out. */
  readonly damaged: number;
}

/** The largest that is shown inside the window; anything else is saved to a file and looked at there. */
export const PREVIEW_LIMITS = { textBytes: 256 * 1024, imageBytes: 16 * 1024 * 1024 } as const;

export type AttachmentPreview =
  | { readonly is: 'text'; readonly text: string; readonly isCut: boolean }
  /** PNG, JPEG, GIF or WebP by its first bytes; SVG is text. */
  | { readonly is: 'image'; readonly mediaType: string; readonly bytes: Uint8Array }
  | { readonly is: 'none'; readonly reason: 'type' | 'size' };
