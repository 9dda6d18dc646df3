// Equal for two items exactly when they are of one kind and hold the same: what a person would call the same entry.
// It is a plain hash of secrets: it stays in the memory of the process that holds them anyway.
// SPDX-License-Identifier: MIT

import { toHex, toUtf8 } from '../../shared/bytes.ts';
import { toCanonicalJson } from '../../shared/canonical-json.ts';
import { sha256 } from '../crypto/digest.ts';
import type { ContentExtent, ImportedItem } from './importer.ts';

/**
 * 64 lower-case hex digits. Ids, times, tags, marks, former passwords and how URLs are matched are not of the content;
 * nor is the counter of a code, which moves on with every use.
 */
export function itemFingerprint(item: ImportedItem, extent: ContentExtent = 'whole'): string {
  const { kind, title, note, fields } = item;
  const basics = { kind, title, note, fields, urls: item.urls.map(({ url }) => url) };
  const bytes = toUtf8(toCanonicalJson(extent === 'basics' ? basics : { basics, ...moreOf(item) }));
  const fingerprint = toHex(sha256(bytes));
  bytes.fill(0);
  return fingerprint;
}

function moreOf(item: ImportedItem): Readonly<Record<string, unknown>> {
  const { oneTimeCode, sections, attachments } = item;
  return {
    sections: sections.map(({ title, fields }) => ({
      title,
      fields: fields.map(({ label, type, value }) => ({ label, type, value })),
    })),
    oneTimeCode: oneTimeCode === null ? null : { ...oneTimeCode, counter: 0 },
    files: attachments.map(({ name, sizeBytes }) => ({ name, sizeBytes })),
    credentialId: item.kind === 'passkey' ? toHex(item.credentialId) : null,
  };
}
