// Our own encrypted export as an importer. Items come without ids and get fresh ones; a passkey that the vault has
// already is left alone, never merged with or put in the place of another.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../../shared/brand.ts';
import { toHex } from '../../../shared/bytes.ts';
import type { SkipReason, SkippedRow } from '../../../shared/model/transfer.ts';
import { type ExportContents, readExport } from '../encrypted-export.ts';
import { type ExportedEntry, numberOf } from '../export-entry.ts';
import type { ExportFiles } from '../export-files.ts';
import { hasExportMagic } from '../export-header.ts';
import { isWithinLimits } from '../is-within-limits.ts';
import type {
  ImportedEntry,
  ImportedFiles,
  Importer,
  ImportRequest,
  ImportResult,
} from '../importer.ts';

export const latchkeyExportImporter: Importer = {
  format: 'latchkey-export',
  needsPassword: true,
  recognise: hasExportMagic,
  async read(request) {
    const { file, password, deriveKey: derive, onProgress } = request;
    if (password === null) throw new Error('latchkey export: read without its password');
    const contents = await readExport(file, password, { derive, onProgress });
    if (contents === 'wrong-password') return contents;
    try {
      return await collect(contents, request);
    } catch (error) {
      for (const { privateKey } of contents.entries) privateKey?.dispose();
      contents.files[Symbol.dispose]();
      throw error;
    }
  },
};

async function collect(
  { entries: found, files }: ExportContents,
  { known, breathe }: ImportRequest,
): Promise<ImportResult> {
  const entries: ImportedEntry[] = [];
  const skipped: SkippedRow[] = [];
  const present = new Map<number, ItemId>();
  const credentials = new Set<string>();
  for (const [index, entry] of found.entries()) {
    const number = index + 1;
    const skip = (reason: SkipReason): void => {
      skipped.push({ row: number, line: 0, reason });
      entry.privateKey?.dispose();
    };
    if (!isWithinLimits(entry.item)) skip('field-too-long');
    else if (isRepeated(entry, credentials)) skip('duplicate-in-file');
    else {
      const id = known.find(entry.item, 'whole');
      if (id === null) entries.push({ number, ...entry, belongsTo: loginOf(entry) });
      else {
        present.set(number, id);
        skip('already-in-vault');
      }
    }
    await breathe();
  }
  const rows = found.length;
  return { rows, entries, present, skipped, notices: [], files: filesOf(files) };
}

/** Items alike stay apart, as they were in the vault; but a credential id names one passkey. */
function isRepeated({ item }: ExportedEntry, credentials: Set<string>): boolean {
  if (item.kind !== 'passkey') return false;
  const name = toHex(item.credentialId);
  if (credentials.has(name)) return true;
  credentials.add(name);
  return false;
}

function loginOf({ item }: ExportedEntry): number | null {
  return item.kind === 'passkey' && item.loginId !== null ? numberOf(item.loginId) : null;
}

function filesOf(files: ExportFiles): ImportedFiles {
  return {
    read: (id) => files.read(numberOf(id)),
    [Symbol.dispose]: () => files[Symbol.dispose](),
  };
}
