// Workflows of files: attachments, import, export, backups.
// SPDX-License-Identifier: MIT

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ItemId } from '../../../src/shared/brand.ts';
import { toUtf8 } from '../../../src/shared/bytes.ts';
import { readBrowserCsv } from '../../../src/main/transfer/importers/browser-csv.ts';
import type { Attachment } from '../../../src/main/vault/item.ts';
import { EXPORT_PASSWORD, EXPORT_SUFFIX } from '../inspect.ts';
import { type OpenVault, servicesOf } from '../open-vault.ts';
import { itemsOf, nameFor, printOf, printsOf, printStored, readFile } from '../prints.ts';
import { digestOf, fileName } from '../world.ts';

const EXPORT_FILE = `carried${EXPORT_SUFFIX}`;
const CSV_FILE = 'passwords.csv';
export const IMPORTED_LOGINS = 120;
const MOST_FILES = 4;
const CHUNK_BYTES = 64 * 1024;
/** Empty, of one chunk, of several. */
const FILE_BYTES = [0, 700, 700, 700, CHUNK_BYTES, 2 * CHUNK_BYTES + 1];
/** Of more chunks than are made durable at once. */
export const LARGE_FILE = 17 * CHUNK_BYTES;

export async function importCsv(open: OpenVault): Promise<void> {
  const { name, dice, step, scratch } = open;
  const rows = Array.from({ length: IMPORTED_LOGINS }, (_, index) => {
    const site = `${dice.word(10)}-${String(index)}`;
    return `${site},https://${site}.example/,${dice.word(8)},${dice.word(16)}`;
  });
  const csv = toUtf8(['name,url,username,password', ...rows].join('\n'));
  const path = join(scratch, CSV_FILE);
  writeFileSync(path, csv);
  const { transfer, clock } = servicesOf(open);
  await transfer.open(path, 'token');
  await transfer.preview('token', null);
  const known = { find: () => null };
  const { entries } = readBrowserCsv({ bytes: csv, known, now: clock.now() });
  const added = entries.map(({ item }) => printOf(item));
  await step({ kind: 'import', vault: name, added }, () => transfer.commit('token'));
}

export async function exportAll(open: OpenVault): Promise<void> {
  const { vault, folder, step } = open;
  const digest = digestOf(Object.values(itemsOf(vault)));
  const { transfer } = servicesOf(open);
  await step({ kind: 'export', file: EXPORT_FILE, digest }, () =>
    transfer.export(join(folder, EXPORT_FILE), toUtf8(EXPORT_PASSWORD)),
  );
}

export async function makeBackup(open: OpenVault): Promise<void> {
  const { backups, clock } = servicesOf(open);
  await open.step({ kind: 'backup', vault: open.name, madeAt: clock.now() }, () => backups.make());
}

export async function addFile(
  open: OpenVault,
  sizeBytes = open.dice.pick(FILE_BYTES),
): Promise<void> {
  const { vault, name, dice, step, scratch } = open;
  const all = [...vault.overviews()];
  const roomy = all.filter((one) => one.attachments < MOST_FILES);
  // A vault that has lived through hundreds of kills may have none with room.
  const { id } = dice.pick(roomy.length > 0 ? roomy : all);
  const { attachments, clock } = servicesOf(open);
  // Quickly made, and no two alike.
  const bytes = Uint8Array.from(Buffer.alloc(sizeBytes, dice.word(61)));
  const path = join(scratch, nameFor(bytes));
  writeFileSync(path, bytes);
  const file = { name: nameFor(bytes), sizeBytes: bytes.length, addedAt: clock.now() };
  const former = vault.get(id);
  const item = { ...former, attachments: [...former.attachments, file] };
  const set = { [id]: printStored(vault, id, item) };
  const was = printsOf(vault, [former]);
  await step({ kind: 'items', vault: name, set, was, files: [fileName(id, bytes)] }, () =>
    attachments.add(id, path),
  );
}

/** From its item, and in the end from the vault: as the product does when it has lain there for long enough. */
export async function removeFile(open: OpenVault): Promise<void> {
  const { vault, name, dice, step } = open;
  await addFile(open);
  const { id } = dice.pick([...vault.overviews()].filter((one) => one.attachments > 0));
  const { attachments, clock } = servicesOf(open);
  const former = vault.get(id);
  const gone = dice.pick(former.attachments);
  const rest = former.attachments.filter((one) => one !== gone);
  const item = { ...former, attachments: rest, modifiedAt: clock.now() };
  const change = { set: printsOf(vault, [item]), was: printsOf(vault, [former]) };
  await step({ kind: 'items', vault: name, ...change }, () => attachments.remove(id, gone.id));
  await dropFile(open, id, gone);
}

async function dropFile(open: OpenVault, id: ItemId, gone: Attachment): Promise<void> {
  const { vault, name, step } = open;
  const rows = vault.attachments.rows(id).filter((row) => row.id === gone.id);
  const files = [fileName(id, readFile(vault, id, gone.id))];
  await step({ kind: 'remove files', vault: name, files }, () => vault.attachments.remove(rows));
}
