// Vectors of files with one fault each: heads and chunks. The manifest agrees with every row.
// SPDX-License-Identifier: MIT

import { join, uint, unhex } from '../bytes.ts';
import { aadOf, type Bound, open, seal } from '../primitives.ts';
import type { ChunkRow, HeadRow, Vault } from '../rows.ts';
import {
  attachmentKey,
  CHUNK,
  chunkBound,
  digestChunks,
  encodeHead,
  headBound,
} from '../sealing.ts';
import { baseToJson, type Family } from './format.ts';
import {
  byRecovery,
  dashed,
  failure,
  filesWriter,
  flipped,
  flippedHex,
  IDS,
  opened,
  Scene,
  wrongBounds,
} from './scene.ts';

type Fault = readonly [name: string, says: string, vault: Vault, step: string];

/** The file of two chunks: what it takes to seal its parts anew. */
class Parts {
  readonly scene: Scene;
  readonly row: HeadRow;
  readonly key: Uint8Array;
  readonly at: { readonly vaultId: Uint8Array; readonly madeIn: number };

  constructor(scene: Scene) {
    const { keys } = scene.item(IDS.login);
    this.scene = scene;
    this.row = scene.row('attachments', `${IDS.login}/${IDS.file}`);
    this.key = attachmentKey(keys.itemKey, IDS.file);
    this.at = { vaultId: scene.place.vaultId, madeIn: keys.madeIn };
  }

  chunk(index: number, number = 1): ChunkRow {
    return this.scene.row('chunks', String(number * 2 ** 18 + index));
  }

  /** Chunk `index` from a plaintext, bound to `at`. */
  put(index: number, plaintext: Uint8Array, at = { index, final: index === 1 }): Vault {
    return this.bound(index, plaintext, chunkBound(this.row, this.at, at));
  }

  bound(index: number, plaintext: Uint8Array, bound: Bound): Vault {
    const { id } = this.chunk(index);
    const box = { key: this.key, aad: aadOf(bound) };
    return this.scene.with('chunks', {
      id,
      sealed: seal(box, this.scene.writer.nonce(), plaintext),
    });
  }

  /** The plaintext of the last chunk. */
  get tail(): Uint8Array {
    const aad = aadOf(chunkBound(this.row, this.at, { index: 1, final: true }));
    return open({ key: this.key, aad }, this.chunk(1).sealed);
  }

  head(plaintext: Uint8Array, bound = headBound(this.row, this.at)): Vault {
    const box = { key: this.key, aad: aadOf(bound) };
    const sealed = seal(box, this.scene.writer.nonce(), plaintext);
    return this.heads({ ...this.row, sealed });
  }

  heads(row: HeadRow): Vault {
    return this.scene.signed(this.scene.with('attachments', row));
  }
}

function chunkFaults(parts: Parts): readonly Fault[] {
  const { scene } = parts;
  const { vault } = scene;
  const [first, last] = [parts.chunk(0), parts.chunk(1)];
  const foreign = parts.chunk(0, 2);
  const { tail } = parts;
  const bound = chunkBound(parts.row, parts.at, { index: 1, final: true });
  const put = (...rows: readonly ChunkRow[]) =>
    rows.reduce((one, row) => scene.with('chunks', row, one), vault);
  return [
    [
      'first-chunk-missing',
      'The first chunk is missing.',
      scene.without('chunks', String(first.id)),
      'chunk',
    ],
    [
      'last-chunk-missing',
      'The last chunk is missing: the file was cut.',
      scene.without('chunks', String(last.id)),
      'chunk',
    ],
    [
      'chunk-changed',
      'One bit of the last chunk is another.',
      put({ ...last, sealed: flipped(last.sealed, 24) }),
      'seal',
    ],
    [
      'chunk-cut',
      'The last chunk has 39 bytes.',
      put({ ...last, sealed: last.sealed.slice(0, 39) }),
      'seal',
    ],
    [
      'chunk-empty',
      'The last chunk has no byte.',
      put({ ...last, sealed: new Uint8Array(0) }),
      'seal',
    ],
    [
      'last-chunk-first',
      'The last chunk lies in the place of the first, too.',
      put({ ...first, sealed: last.sealed }),
      'seal',
    ],
    [
      'chunk-of-another-file',
      'The last chunk is that of another file.',
      put({ ...last, sealed: foreign.sealed }),
      'seal',
    ],
    [
      'last-chunk-not-final',
      'The last chunk is not marked as the last.',
      parts.put(1, tail, { index: 1, final: false }),
      'seal',
    ],
    [
      'chunk-of-another-index',
      'The last chunk is sealed for the place after it.',
      parts.put(1, tail, { index: 2, final: true }),
      'seal',
    ],
    [
      'first-chunk-final',
      'The first chunk is marked as the last; the second follows.',
      parts.put(0, tail, { index: 0, final: true }),
      'seal',
    ],
    ['first-chunk-short', 'The first chunk has 256 bytes.', parts.put(0, tail), 'length'],
    [
      'tail-bucket',
      'The last chunk is padded to a bucket too large.',
      parts.put(1, join(tail, new Uint8Array(256))),
      'length',
    ],
    [
      'tail-bucket-of-the-chunk',
      'The last chunk is padded to the bucket of its own length, not to that of the file.',
      parts.put(1, tail.slice(0, 256)),
      'length',
    ],
    [
      'chunk-sealed-anew',
      'The last chunk is sealed a second time, with another nonce.',
      parts.put(1, tail),
      'digest',
    ],
    [
      'chunk-forged',
      'The last chunk has another content, sealed under the key of the file.',
      parts.put(1, flipped(tail, 0)),
      'digest',
    ],
    [
      'tail-without-padding',
      'The last chunk is not padded.',
      parts.put(1, tail.slice(0, 100)),
      'length',
    ],
    ['tail-empty', 'The last chunk has nothing in it.', parts.put(1, new Uint8Array(0)), 'length'],
    [
      'tail-padding-not-zero',
      'The last byte of the padding of the last chunk is not zero.',
      parts.put(1, flipped(tail, -1)),
      'padding',
    ],
    ...wrongBounds(bound).map(([field, wrong]): Fault => [
      `chunk-aad-${dashed(field)}`,
      `The last chunk is bound to another ${field}.`,
      parts.bound(1, tail, wrong),
      'seal',
    ]),
  ];
}

function headFaults(parts: Parts): readonly Fault[] {
  const { row } = parts;
  const digest = digestChunks([parts.chunk(0).sealed, parts.chunk(1).sealed]);
  const head = (size: number, chunks: number) => encodeHead({ size, chunks, digest });
  const right = head(CHUNK + 100, 2);
  return [
    [
      'head-changed',
      'One bit of the head is another.',
      parts.heads({ ...row, sealed: flipped(row.sealed, -1) }),
      'seal',
    ],
    [
      'head-cut',
      'The head has 39 bytes.',
      parts.heads({ ...row, sealed: row.sealed.slice(0, 39) }),
      'seal',
    ],
    [
      'head-lamport',
      'The lamport of the row is one more.',
      parts.heads({ ...row, lamport: row.lamport + 1 }),
      'seal',
    ],
    [
      'head-device',
      'The device of the row is another.',
      parts.heads({ ...row, deviceId: flippedHex(row.deviceId) }),
      'seal',
    ],
    [
      'head-number',
      'The row has the number of another file.',
      parts.heads({ ...row, number: 2 }),
      'seal',
    ],
    [
      'head-digest',
      'One bit of the digest of the chunks is another.',
      parts.head(flipped(right, -1)),
      'digest',
    ],
    [
      'head-digest-of-the-last-chunk',
      'The digest is that of the last chunk alone.',
      parts.head(
        encodeHead({ size: CHUNK + 100, chunks: 2, digest: digestChunks([parts.chunk(1).sealed]) }),
      ),
      'digest',
    ],
    [
      'head-without-digest',
      'The plaintext of the head ends before the digest.',
      parts.head(right.slice(0, 12)),
      'head',
    ],
    [
      'head-size-above',
      'The head says 2^34 + 1 bytes, and as many chunks as they take.',
      parts.head(head(2 ** 34 + 1, 2 ** 18 + 8192)),
      'head',
    ],
    [
      'head-bound-to-its-number',
      'The head is bound to the number of the row, too.',
      parts.head(right, {
        ...headBound(row, parts.at),
        extra: join(unhex(row.attachmentId), uint(row.number, 8)),
      }),
      'seal',
    ],
    [
      'head-chunks-less',
      'The head says one chunk less than its size takes.',
      parts.head(head(CHUNK + 100, 1)),
      'head',
    ],
    [
      'head-chunks-more',
      'The head says one chunk more than its size takes.',
      parts.head(head(CHUNK + 100, 3)),
      'head',
    ],
    [
      'head-size-of-one-chunk',
      'The head gives a size of one chunk, and one chunk.',
      parts.head(head(CHUNK, 1)),
      'seal',
    ],
    [
      'head-size-of-three-chunks',
      'The head gives a size of three chunks, and three chunks.',
      parts.head(head(2 * CHUNK + 1, 3)),
      'seal',
    ],
    [
      'head-size-in-another-bucket',
      'The head gives a size whose last chunk has another bucket.',
      parts.head(head(CHUNK + 2049, 2)),
      'length',
    ],
    [
      'head-size-less',
      'The head gives a byte less: the last byte of the file lies in the padding.',
      parts.head(head(CHUNK + 99, 2)),
      'padding',
    ],
    [
      'head-size-too-large',
      'The head gives a size of 2^53.',
      parts.head(join(uint(2n ** 53n, 8), uint(2, 4))),
      'head',
    ],
    [
      'head-short',
      'The plaintext of the head is a byte too short.',
      parts.head(right.slice(0, -1)),
      'head',
    ],
    [
      'head-long',
      'The plaintext of the head is a byte too long.',
      parts.head(join(right, uint(0, 1))),
      'head',
    ],
    ...wrongBounds(headBound(row, parts.at)).map(([field, wrong]): Fault => [
      `head-aad-${dashed(field)}`,
      `The head is bound to another ${field}.`,
      parts.head(right, wrong),
      'seal',
    ]),
  ];
}

export function fileFamilies(): readonly Family[] {
  const scene = new Scene('files', filesWriter());
  const parts = new Parts(scene);
  const vaults = { files: baseToJson(scene.vault, byRecovery('one'), scene.writer.contents()) };
  const damaged = (step: string) =>
    opened({ files: { [IDS.file]: failure(step, 'attachment-damaged') } });
  const foreign = scene.row('attachments', `${IDS.other}/${IDS.otherFile}`);
  const moved = scene.signed(
    scene.with(
      'attachments',
      { ...foreign, itemId: IDS.login },
      scene.without('attachments', `${IDS.other}/${IDS.otherFile}`),
    ),
  );
  const unknownKeys = parts.heads({ ...parts.row, keyVersion: 2 });
  return [
    {
      ...{ format: 1, family: 'file', vaults },
      about:
        'Files with one fault in head or chunks: the file is refused by itself. Chunks are in no set of the manifest.',
      vectors: [
        ...[...chunkFaults(parts), ...headFaults(parts)].map(([name, says, vault, step]) =>
          scene.vector(name, says, vault, damaged(step)),
        ),
        scene.vector(
          'file-of-another-item',
          'The head of a file lies at another item.',
          moved,
          opened({ files: { [IDS.otherFile]: failure('seal', 'attachment-damaged') } }),
        ),
        scene.vector(
          'file-of-unknown-keys',
          'The head names keys that are not there.',
          unknownKeys,
          opened({ files: { [IDS.file]: failure('missing', 'attachment-not-found') } }),
        ),
      ],
    },
  ];
}
