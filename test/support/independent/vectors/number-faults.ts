// Vectors of rows whose numbers or sizes are outside the ranges of their table: what damage can make of them, whatever the CHECKs
// of the schema say. Such a row is no row: it is passed over, and missed by the manifest.
// SPDX-License-Identifier: MIT

import type { Table, Vault } from '../rows.ts';
import { baseToJson, type Difference, type Family, type Vector } from './format.ts';
import {
  baseWriter,
  byRecovery,
  failure,
  IDS,
  keyFailure,
  opened,
  refused,
  Scene,
} from './scene.ts';

export function numberFamilies(): readonly Family[] {
  const scene = new Scene('base', baseWriter());
  const vaults = { base: baseToJson(scene.vault, byRecovery('one'), scene.writer.contents()) };
  const about =
    'Rows with a number or a size outside the range of its column, the manifest as it was: they are passed over and missed.';
  return [{ format: 1, family: 'number', about, vaults, vectors: faults(scene) }];
}

function faults(scene: Scene): readonly Vector[] {
  const { writer: made } = scene;
  const isIntact = false;
  const replaced = (table: Table, name: string, change: object): Vault => {
    const rest = scene.without(table, name);
    const row = { ...scene.row(table, name), ...change };
    return { ...rest, [table]: [...rest[table], row] };
  };
  const card = `${IDS.card}/${String(made.item(IDS.card).lamport)}/${made.deviceId}`;
  const lost: Difference = { isIntact, items: { [IDS.card]: failure('missing') } };
  const one = (name: string, says: string, vault: Vault, difference: Difference): Vector =>
    scene.vector(name, says, vault, opened(difference));
  return [
    scene.vector(
      'meta-epoch-above',
      'The epoch of the meta object is 2^32.',
      replaced('objects', '5', { epoch: 2 ** 32 }),
      refused('corrupt', 'meta'),
    ),
    one(
      'manifest-epoch-above',
      'The epoch of the manifest is 2^32.',
      replaced('objects', '6', { epoch: 2 ** 32 }),
      { isIntact },
    ),
    one(
      'document-epoch-above',
      'The epoch of a document is 2^32.',
      replaced('objects', '8', { epoch: 2 ** 32 }),
      { isIntact, documents: { savedSearches: [] } },
    ),
    one(
      'pack-number-above',
      'The number of a pack is 2^32.',
      replaced('packs', '0', { number: 2 ** 32 }),
      { isIntact },
    ),
    one(
      'pack-epoch-above',
      'The epoch of a pack is 2^32.',
      replaced('packs', '0', { epoch: 2 ** 32 }),
      { isIntact },
    ),
    one(
      'wrap-epoch-above',
      'The epoch of the keys of an item is 2^32.',
      replaced('wraps', scene.wrapName(IDS.card), { epoch: 2 ** 32 }),
      { ...keyFailure(scene, IDS.card, 'missing'), isIntact },
    ),
    one(
      'passkey-key-too-large',
      'The sealed passkey key of an item has 1,025 bytes.',
      replaced('wraps', scene.wrapName(IDS.card), { passkeyKey: new Uint8Array(1025) }),
      { ...keyFailure(scene, IDS.card, 'missing'), isIntact },
    ),
    one(
      'head-too-large',
      'The head of a file has 1,025 bytes.',
      replaced('attachments', `${IDS.login}/${IDS.file}`, { sealed: new Uint8Array(1025) }),
      { isIntact, files: { [IDS.file]: null } },
    ),
    one(
      'file-number-above',
      'The number of a file is 2^35.',
      replaced('attachments', `${IDS.login}/${IDS.file}`, { number: 2 ** 35 }),
      { isIntact, files: { [IDS.file]: null } },
    ),
    one(
      'chunk-too-large',
      'A chunk has 65,577 bytes.',
      replaced('chunks', String(2 ** 18), { sealed: new Uint8Array(65_577) }),
      { files: { [IDS.file]: failure('chunk', 'attachment-damaged') } },
    ),
    one(
      'body-schema-above',
      'The schema of a body is 65,536.',
      replaced('items', card, { schema: 65_536 }),
      lost,
    ),
  ];
}
