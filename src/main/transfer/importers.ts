// The registry of importers, asked in this order: formats with a signature of their own before formats that are
// told by a header. A further format is one file beside these and one row here.
// SPDX-License-Identifier: MIT

import type { Importer } from './importer.ts';
import { browserCsvImporter } from './importers/browser-csv.ts';
import { latchkeyExportImporter } from './importers/latchkey-export.ts';

export const importers: readonly Importer[] = [latchkeyExportImporter, browserCsvImporter];

/** How much of a file's beginning is enough to recognise any format by. */
export const RECOGNITION_BYTES = 64 * 1024;

/** The importer for a file by its content, or null when it is none of ours. */
export function recognise(firstBytes: Uint8Array, fileName: string): Importer | null {
  return importers.find((importer) => importer.recognise(firstBytes, fileName)) ?? null;
}
