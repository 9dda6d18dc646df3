// Parsers of the transfer room: CSV and the encrypted export, whole and behind its authentication.
// SPDX-License-Identifier: MIT

import { concatBytes, joinBytes, toUtf8 } from '../../../../src/shared/bytes.ts';
import { readExport } from '../../../../src/main/transfer/encrypted-export.ts';
import {
  bodyChunksOf,
  BodyReader,
  type ExportPlan,
  planExport,
} from '../../../../src/main/transfer/export-body.ts';
import type { ExportedEntry } from '../../../../src/main/transfer/export-entry.ts';
import { parseExportHeader } from '../../../../src/main/transfer/export-header.ts';
import {
  bodyBytes,
  encodeExportManifest,
  type ExportManifest,
  MANIFEST_BYTES,
  parseExportManifest,
} from '../../../../src/main/transfer/export-manifest.ts';
import { readBrowserCsv } from '../../../../src/main/transfer/importers/browser-csv.ts';
import { u32 } from '../../../../src/main/vault/fixed-width.ts';
import {
  breathe,
  contentOf,
  exportOf,
  PASSWORD,
  quickKdf,
  secretOf,
  SMALL,
} from '../../../main/transfer/export-fixtures.ts';
import { bytesTarget, type FuzzTarget } from '../fuzz-target.ts';

const CSV = [
  'name,url,username,password,note\r\nExample,https://example.com/,ida,"p,a""ss",\r\n',
  'url,username,password,name,extra\nandroid://x@com.example/,,secret,,"two\nlines"\n',
];
const CSV_TOKENS = ['"', '""', ',', '\r\n', '\r', '\n', '\0', '=cmd|', 'name', '\ufeff', ',,,,'];
const UTF16_MARKS = [Uint8Array.of(0xff, 0xfe), Uint8Array.of(0xfe, 0xff)];

const MANIFEST_TOKENS = ['"schema":2', '1e9', '-1', '"counts":', '{}', 'null', '99999999999'];
const LENGTH_BYTES = 4;

export async function transferTargets(): Promise<readonly FuzzTarget[]> {
  const file = Uint8Array.from(await exportOf(SMALL));
  const plan = await planExport(contentOf(SMALL), breathe);
  const manifest = encodeExportManifest(plan.manifest);
  const known = { find: () => null };
  return [
    bytesTarget({
      name: 'CSV',
      seeds: CSV.map(toUtf8),
      tokens: [...CSV_TOKENS, ...UTF16_MARKS],
      parse: (bytes) => readBrowserCsv({ bytes, known, now: 0 }),
    }),
    bytesTarget({ name: 'export header', seeds: [file], parse: parseExportHeader }),
    bytesTarget({ name: 'export stream', seeds: [file], parse: readWhole }),
    bytesTarget({ name: 'export manifest', seeds: [manifest], parse: parseExportManifest }),
    bytesTarget({
      // Framed afresh, or its length would refuse nearly all of them.
      name: 'export manifest, inside its frame',
      seeds: [manifest.slice(LENGTH_BYTES, manifest.indexOf(0, LENGTH_BYTES))],
      tokens: MANIFEST_TOKENS,
      mostBytes: MANIFEST_BYTES - LENGTH_BYTES,
      parse: (json) => {
        const zeros = new Uint8Array(MANIFEST_BYTES - LENGTH_BYTES - json.length);
        return parseExportManifest(concatBytes(u32(json.length), json, zeros));
      },
    }),
    bytesTarget({
      name: 'export entries',
      seeds: [entriesOf(plan)],
      tokens: [u32(0), u32(1), u32(0xffff_ffff), toUtf8('"kind":"passkey"')],
      parse: (entries) => {
        readEntries(entries, plan.manifest);
      },
    }),
  ];
}

async function readWhole(input: Uint8Array): Promise<void> {
  using password = secretOf(PASSWORD);
  const contents = await readExport(input, password, { derive: quickKdf });
  if (contents === 'wrong-password') return;
  dispose(contents.entries);
  contents.files[Symbol.dispose]();
}

function entriesOf(plan: ExportPlan): Uint8Array {
  const chunks = Array.from(bodyChunksOf(plan, contentOf(SMALL)), (chunk) => chunk.slice());
  return joinBytes(chunks).subarray(0, plan.manifest.entryBytes);
}

/** With a manifest that promises as many bytes as there are, in pieces as they come out of chunks. */
function readEntries(entries: Uint8Array, promised: ExportManifest): void {
  const manifest = { ...promised, entryBytes: entries.length };
  using reader = new BodyReader(manifest);
  const half = Math.floor(entries.length / 2);
  reader.push(entries.subarray(0, half));
  reader.push(entries.subarray(half));
  reader.push(new Uint8Array(bodyBytes(manifest) - entries.length));
  dispose(reader.finish());
}

function dispose(entries: readonly ExportedEntry[]): void {
  for (const { privateKey } of entries) privateKey?.dispose();
}
