// Our own encrypted export as an importer. Items come without ids and get fresh ones; a passkey that the vault has
// already is left alone, never merged with or put in the place of another.
// SPDX-License-Identifier: MIT

import { toHex } from '../../../shared/bytes.ts';
import type { SkipReason, SkippedRow } from '../../../shared/model/transfer.ts';
import { derivePasswordKey, type PasswordKdf } from '../../crypto/password-kdf.ts';
import { readExport } from '../encrypted-export.ts';
import type { ExportedEntry } from '../export-body.ts';
import { hasExportMagic } from '../export-header.ts';
import { isWithinLimits } from '../is-within-limits.ts';
import type {
  ImportedLogin,
  ImportedPasskey,
  Importer,
  ImportResult,
  KnownItems,
} from '../importer.ts';
import { loginFingerprint } from '../login-fingerprint.ts';

/** The importer; tests hand in a quick KDF. */
export function createLatchkeyExportImporter(derive: PasswordKdf = derivePasswordKey): Importer {
  return {
    format: 'latchkey-export',
    needsPassword: true,
    recognise: hasExportMagic,
    async read({ bytes, password, known }) {
      if (password === null) throw new Error('latchkey export: read without its password');
      const contents = await readExport(bytes, password, { derive });
      return contents === 'wrong-password' ? contents : collect(contents.entries, known);
    },
  };
}

export const latchkeyExportImporter = createLatchkeyExportImporter();

function collect(entries: readonly ExportedEntry[], known: KnownItems): ImportResult {
  const logins: ImportedLogin[] = [];
  const passkeys: ImportedPasskey[] = [];
  const skipped: SkippedRow[] = [];
  const seen = new Set<string>();
  for (const [index, entry] of entries.entries()) {
    const reason = refuse(entry, known, seen);
    if (reason !== null) {
      skipped.push({ row: index + 1, line: 0, reason });
      entry.privateKey?.dispose();
    } else if (entry.privateKey === null) logins.push(entry.item);
    else passkeys.push(entry);
  }
  return { rows: entries.length, logins, passkeys, skipped, notices: [] };
}

/** Logins alike stay apart, as they were in the vault; a credential id names one passkey. */
function refuse(entry: ExportedEntry, known: KnownItems, seen: Set<string>): SkipReason | null {
  if (!isWithinLimits(entry.item)) return 'field-too-long';
  if (entry.privateKey === null) {
    return known.hasLogin(loginFingerprint(entry.item)) ? 'already-in-vault' : null;
  }
  const { credentialId } = entry.item;
  const name = toHex(credentialId);
  if (seen.has(name)) return 'duplicate-in-file';
  seen.add(name);
  return known.hasPasskey(credentialId) ? 'already-in-vault' : null;
}
