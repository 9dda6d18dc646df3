// Sizes of files as people read them, gigabytes too.
// SPDX-License-Identifier: MIT

import { formatSize } from '../format.ts';

export function formatFileSize(bytes: number): string {
  return bytes < 1e9 ? formatSize(bytes) : `${(bytes / 1e9).toFixed(2)} GB`;
}
