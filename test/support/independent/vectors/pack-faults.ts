// Vectors of packs with one fault each: reported, and mended from the bodies.
// SPDX-License-Identifier: MIT

import { canonical, join, type Json, uint, utf8 } from '../bytes.ts';
import { aadOf, pad, seal } from '../primitives.ts';
import type { PackRow, Vault } from '../rows.ts';
import { encodeEntry, packBound, packContent, sealPack, vaultKey } from '../sealing.ts';
import { baseToJson, type Family } from './format.ts';
import {
  byRecovery,
  dashed,
  flipped,
  flippedHex,
  notIntact,
  Scene,
  writer,
  wrongBounds,
} from './scene.ts';
import { sampleItem } from '../samples.ts';
import { type Fault, toVectors } from './fault.ts';

/** A vault of two packs, so that one can stand in for the other. */
function packScene(): Scene {
  const made = writer('packs', { epoch: 2 });
  for (let number = 0; number < 34; number += 1) {
    const itemId = String(number).padStart(32, '0');
    if (number < 33)
      made.addItem(sampleItem('note', { title: `Note ${String(number)}` }), { id: itemId });
  }
  return new Scene('packs', made);
}

function packFaults(scene: Scene): readonly Fault[] {
  const { vault, writer: made } = scene;
  const [first, second] = [scene.row('packs', '0'), scene.row('packs', '1')];
  const entries = made.entries();
  const bare = ({ sealed: _sealed, ...row }: PackRow) => row;
  const of = (number: number, plaintext: Uint8Array): Vault =>
    scene.signed(scene.with('packs', made.sealPack(number, plaintext)));
  const content = packContent(entries.slice(0, 32));
  const bound = packBound(bare(second), scene.place);
  const plaintext = pad(packContent(entries.slice(32)));
  const nonce = made.nonce();
  const boundTo = (wrong: typeof bound) =>
    scene.signed(
      scene.with('packs', sealPack(bare(second), scene.place, { nonce, plaintext, bound: wrong })),
    );
  const metaKey = vaultKey(scene.place, 'v1/meta');
  const entry = (change: (bytes: Uint8Array) => Uint8Array) =>
    join(uint(1, 1), change(encodeEntry(entries[32] ?? never())));
  const moved = { ...scene.without('packs', '1'), packs: [first, { ...second, number: 2 }] };
  const swapped = [
    { ...first, sealed: second.sealed },
    { ...second, sealed: first.sealed },
  ];
  const last = entries[32] ?? never();
  const overview = (json: string): Vault => {
    const bytes = utf8(json);
    const head = encodeEntry(last).slice(0, 41);
    return of(1, pad(join(uint(1, 1), head, uint(bytes.length, 4), bytes)));
  };
  const saying = (place: number, value: Json): Vault =>
    overview(canonical(last.overview.map((one, index) => (index === place ? value : one))));
  const overviews: readonly (readonly [string, string, Vault])[] = [
    ['overview-empty', 'An overview has no byte.', overview('')],
    ['overview-cut', 'An overview ends before its end.', overview('["note","Note 32"')],
    ['overview-record', 'An overview is a record.', overview('{"kind":"note"}')],
    [
      'overview-of-eleven',
      'An overview has eleven members.',
      overview(canonical(last.overview.slice(0, 11))),
    ],
    [
      'overview-of-thirteen',
      'An overview has thirteen members.',
      overview(canonical([...last.overview, 0])),
    ],
    ['overview-kind', 'An overview is of another kind than its entry.', saying(0, 'login')],
    ['overview-kind-unknown', 'An overview is of an unknown kind.', saying(0, 'bank-account')],
    ['overview-title', 'The title of an overview is a number.', saying(1, 7)],
    ['overview-url', 'A URL of an overview is a number.', saying(3, [7])],
    [
      'overview-match',
      'A URL of an overview says the match that goes without saying.',
      saying(3, [['https://example.org', 'domain']]),
    ],
    ['overview-flags', 'An overview has an unknown flag.', saying(5, 4)],
    ['overview-time', 'A time of an overview is below zero.', saying(6, -1)],
    [
      'overview-passkey',
      'An overview has a passkey of two members.',
      saying(11, ['example.org', 'YQ']),
    ],
  ];
  const cases: readonly (readonly [string, string, Vault])[] = [
    ['pack-removed', 'A pack was removed.', scene.without('packs', '1')],
    [
      'pack-changed',
      'One bit of a pack is another.',
      scene.with('packs', { ...first, sealed: flipped(first.sealed, 100) }),
    ],
    ['pack-moved', 'A pack lies at another number.', moved],
    ['packs-swapped', 'Two packs lie at the number of the other.', { ...vault, packs: swapped }],
    [
      'pack-lamport',
      'The lamport of a pack is one more.',
      scene.with('packs', { ...second, lamport: second.lamport + 1 }),
    ],
    [
      'pack-device',
      'The device of a pack is another.',
      scene.with('packs', { ...second, deviceId: flippedHex(second.deviceId) }),
    ],
    [
      'pack-of-another-epoch',
      'A pack is of the epoch before, sealed with the keys of this one; the manifest counts it.',
      scene.signed(
        scene.with(
          'packs',
          sealPack({ ...bare(second), epoch: 1 }, scene.place, { nonce, plaintext }),
        ),
      ),
    ],
    [
      'pack-doubled',
      'A pack stands there a second time, at the next number.',
      { ...vault, packs: [first, second, { ...second, number: 2 }] },
    ],
    [
      'pack-under-the-key-of-objects',
      'A pack is sealed under K_meta; the manifest counts it.',
      scene.signed(
        scene.with('packs', {
          ...second,
          sealed: seal({ key: metaKey, aad: aadOf(bound) }, nonce, plaintext),
        }),
      ),
    ],
    [
      'item-in-two-packs',
      'An item is in two packs; the manifest counts both.',
      of(1, pad(packContent([...entries.slice(32), ...entries.slice(0, 1)]))),
    ],
    [
      'item-twice-in-a-pack',
      'An item is in a pack twice; the manifest counts it.',
      of(1, pad(packContent([...entries.slice(32), ...entries.slice(32)]))),
    ],
    [
      'pack-of-33',
      'A pack has 33 entries; the manifest counts it.',
      scene.signed({ ...vault, packs: [made.sealPack(0, pad(packContent(entries)))] }),
    ],
    [
      'pack-count-too-high',
      'A pack says one entry more than it has.',
      of(1, pad(join(uint(2, 1), packContent(entries.slice(32)).slice(1)))),
    ],
    [
      'pack-count-too-low',
      'A pack says one entry less than it has.',
      of(0, pad(join(uint(31, 1), content.slice(1)))),
    ],
    [
      'pack-with-a-byte-more',
      'A byte follows the last entry.',
      of(0, pad(join(content, uint(0, 1)))),
    ],
    ['pack-without-a-count', 'The content of a pack is empty.', of(1, pad(new Uint8Array(0)))],
    [
      'pack-kind-0',
      'The kind of an entry is 0.',
      of(1, pad(entry((bytes) => join(bytes.slice(0, 40), uint(0, 1), bytes.slice(41))))),
    ],
    [
      'pack-kind-10',
      'The kind of an entry is 10.',
      of(1, pad(entry((bytes) => join(bytes.slice(0, 40), uint(10, 1), bytes.slice(41))))),
    ],
    [
      'pack-overview-too-long',
      'The overview of an entry says more bytes than there are.',
      of(1, pad(entry((bytes) => join(bytes.slice(0, 41), uint(60_000, 4), bytes.slice(45))))),
    ],
    ...overviews,
    [
      'pack-bucket',
      'A pack is padded to a bucket too large.',
      of(1, join(plaintext, new Uint8Array(256))),
    ],
    [
      'pack-padding',
      'The last byte of the padding of a pack is not zero.',
      of(1, flipped(plaintext, -1)),
    ],
    ...wrongBounds(bound).map(
      ([field, wrong]) =>
        [
          `pack-aad-${dashed(field)}`,
          `The pack is bound to another ${field}; the manifest counts it.`,
          boundTo(wrong),
        ] as const,
    ),
  ];
  return cases.map(([name, says, changed]) => [name, says, changed, notIntact]);
}

function never(): never {
  throw new Error('the scene has this entry');
}

export function packFamily(): Family {
  const scene = packScene();
  return {
    format: 1,
    family: 'pack',
    about:
      'Packs with one fault: reported, and every item is there, its overview made again from its body.',
    vaults: { packs: baseToJson(scene.vault, byRecovery('one'), scene.writer.contents()) },
    vectors: toVectors(scene, packFaults(scene)),
  };
}
