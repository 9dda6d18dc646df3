// Vectors of what someone can forge who had a former vault key, and with it the keys of items that nobody has edited since.
// The manifest agrees with every row, as if it could have been made to.
// SPDX-License-Identifier: MIT

import { join, uint } from '../bytes.ts';
import { aadOf, pad, seal } from '../primitives.ts';
import type { Vault, WrapRow } from '../rows.ts';
import { sampleItem } from '../samples.ts';
import {
  attachmentKey,
  bodyContent,
  chunkBound,
  chunkPlaintext,
  digestChunks,
  digestSealed,
  encodeHead,
  headBound,
  vaultKey,
  wrapBound,
} from '../sealing.ts';
import { overviewOf } from '../shapes.ts';
import { baseToJson, type Difference, type Expectation, type Family } from './format.ts';
import { byRecovery, failure, IDS, keyFailure, opened, Scene, writer } from './scene.ts';

type Fault = readonly [name: string, says: string, vault: Vault, expect: Expectation];

const CONTENT = new Uint8Array(300).fill(7);

/** Epoch 2; an item of epoch 1 with two revisions and a file, and one of this epoch. */
function formerScene(): Scene {
  const made = writer('former key', { epoch: 2 });
  made.addItem(sampleItem('login', { title: 'First' }), { id: IDS.login, madeIn: 1 });
  made.editItem(IDS.login, sampleItem('login', { title: 'Second' }));
  made.addFile(IDS.login, IDS.file, CONTENT);
  made.addItem(sampleItem('note'), { id: IDS.other });
  return new Scene('former-key', made);
}

const forged = sampleItem('login', { title: 'Forged' });

function bodyFaults(scene: Scene): readonly Fault[] {
  const { writer: made, vault } = scene;
  const item = scene.item(IDS.login);
  const at = (lamport: number) => made.sealBody({ ...item, lamport }, pad(bodyContent(forged)));
  const refused = failure('former-key');
  const replaced = (lamport: number) => scene.with('items', at(lamport));
  const added = (lamport: number): Vault => ({ ...vault, items: [...vault.items, at(lamport)] });
  const newest: Difference = { items: { [IDS.login]: { record: refused } } };
  const name = (lamport: number) => `${IDS.login}/${String(lamport)}`;
  const { lamport } = item;
  const first = sampleItem('login', { title: 'First' });
  return [
    [
      'forged-newest-body',
      'The newest body is another one, sealed under the key that it had.',
      scene.signed(replaced(lamport)),
      opened(newest),
    ],
    [
      'forged-newest-body-not-counted',
      'The same, and the manifest is as it was.',
      replaced(lamport),
      opened({ ...newest, isIntact: false }),
    ],
    [
      'forged-former-body',
      'A former body is another one.',
      scene.signed(replaced(lamport - 1)),
      opened({ former: { [name(lamport - 1)]: refused } }),
    ],
    [
      'forged-body-of-later',
      'A body with a higher lamport was added, under the former key.',
      scene.signed(added(lamport + 10)),
      opened({ former: { [name(lamport + 10)]: refused } }),
    ],
    [
      'forged-body-without-a-pack',
      'A body with a higher lamport was added and the pack removed: the overview is made from the newest body that opens.',
      { ...added(lamport + 10), packs: [] },
      opened({ isIntact: false, former: { [name(lamport + 10)]: refused } }),
    ],
    [
      'forged-body-between',
      'The pack was removed, and the newest body is a forged one.',
      { ...replaced(lamport), packs: [] },
      opened({
        isIntact: false,
        items: {
          [IDS.login]: {
            lamport: lamport - 1,
            overview: overviewOf(first),
            record: { title: 'First' },
          },
        },
        former: { [name(lamport - 1)]: null, [name(lamport)]: refused },
      }),
    ],
  ];
}

function fileFaults(scene: Scene): readonly Fault[] {
  const { keys } = scene.item(IDS.login);
  const place = { vaultId: scene.place.vaultId, madeIn: 1 };
  const row = scene.row('attachments', `${IDS.login}/${IDS.file}`);
  const key = attachmentKey(keys.itemKey, IDS.file);
  const aad = aadOf(chunkBound(row, place, { index: 0, final: true }));
  const sealed = seal({ key, aad }, scene.writer.nonce(), chunkPlaintext(new Uint8Array(300), 0));
  const chunk = scene.with('chunks', { id: 2 ** 18, sealed });
  const head = encodeHead({ size: 300, chunks: 1, digest: digestChunks([sealed]) });
  const box = { key, aad: aadOf(headBound(row, place)) };
  const whole = scene.with(
    'attachments',
    { ...row, sealed: seal(box, scene.writer.nonce(), head) },
    chunk,
  );
  const damaged = (step: string) =>
    opened({ files: { [IDS.file]: failure(step, 'attachment-damaged') } });
  return [
    ['forged-chunk', 'The chunk of a file is another one.', chunk, damaged('digest')],
    [
      'forged-file',
      'Chunk and head of a file are others that agree.',
      scene.signed(whole),
      damaged('former-key'),
    ],
  ];
}

function digestFaults(scene: Scene): readonly Fault[] {
  const { keys } = scene.item(IDS.login);
  const row = scene.row('wraps', scene.wrapName(IDS.login));
  const rows = scene.vault.items.filter(({ itemId }) => itemId === IDS.login);
  const file = scene.row('attachments', `${IDS.login}/${IDS.file}`);
  const digests = [...rows.map(({ body }) => body), file.sealed].map(digestSealed);
  const box = { key: vaultKey(scene.place, 'v1/wrap'), aad: aadOf(wrapBound(row, scene.place, 2)) };
  const saying = (...more: readonly Uint8Array[]): Vault => {
    const plaintext = join(keys.itemKey, uint(1, 4), ...more);
    const changed: WrapRow = { ...row, itemKey: seal(box, scene.writer.nonce(), plaintext) };
    return scene.signed(scene.with('wraps', changed));
  };
  const refused = failure('former-key');
  const { lamport } = scene.item(IDS.login);
  const former = `${IDS.login}/${String(lamport - 1)}`;
  const none = opened(keyFailure(scene, IDS.login, 'item-key'));
  const [first = box.key, second = box.key, third = box.key] = digests;
  return [
    [
      'former-key-without-digests',
      'Keys of epoch 1 come without a digest: nothing lies under them.',
      saying(),
      opened({
        items: { [IDS.login]: { record: refused } },
        former: { [former]: refused },
        files: { [IDS.file]: failure('former-key', 'attachment-damaged') },
      }),
    ],
    [
      'former-key-without-the-newest',
      'The digest of the newest body is missing.',
      saying(first, third),
      opened({ items: { [IDS.login]: { record: refused } } }),
    ],
    [
      'former-key-without-the-file',
      'The digest of the file is missing.',
      saying(first, second),
      opened({ files: { [IDS.file]: failure('former-key', 'attachment-damaged') } }),
    ],
    [
      'former-key-digest-cut',
      'The last digest has 15 bytes.',
      saying(first, second, third.slice(1)),
      none,
    ],
    [
      'former-key-with-a-byte-more',
      'A byte follows the last digest.',
      saying(first, second, third, uint(0, 1)),
      none,
    ],
  ];
}

export function formerKeyFamily(): Family {
  const scene = formerScene();
  const faults = [...bodyFaults(scene), ...fileFaults(scene), ...digestFaults(scene)];
  return {
    ...{ format: 1, family: 'former-key' },
    about:
      'Bodies and files that were sealed under a key of a former epoch after that epoch had ended: refused by themselves.',
    vaults: { 'former-key': baseToJson(scene.vault, byRecovery('one'), scene.writer.contents()) },
    vectors: faults.map(([name, says, vault, expect]) => scene.vector(name, says, vault, expect)),
  };
}
