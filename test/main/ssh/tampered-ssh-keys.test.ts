// Keys with a bit turned over, and texts made up: refused with a typed error or, where nothing was lost, the same key.
// SPDX-License-Identifier: MIT

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SshKeyError } from '../../../src/main/ssh/ssh-key-error.ts';
import { VECTORS, vectorText } from './ssh-key-vectors.ts';
import { bodyOf, identityOf, parse, pem, refusalOf } from './ssh-world.ts';

/** What became of the key: `same`, `refused`, or the name of another key. Any other error is thrown. */
async function fateOf(text: Uint8Array | string, original: string): Promise<string> {
  try {
    const key = await parse(text);
    return identityOf(key) === original ? 'same' : `another: ${key.fingerprint}`;
  } catch (error) {
    if (!(error instanceof SshKeyError)) throw error;
    return 'refused';
  }
}

async function fatesOf(
  texts: Iterable<Uint8Array | string>,
  original: string,
): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const text of texts) {
    const fate = await fateOf(text, original);
    counts[fate] = (counts[fate] ?? 0) + 1;
  }
  return counts;
}

function* flips(bytes: Uint8Array, masks: readonly number[]): Generator<Uint8Array> {
  for (let index = 0; index < bytes.length; index += 1) {
    for (const mask of masks) {
      const flipped = Uint8Array.from(bytes);
      flipped[index] = (flipped[index] ?? 0) ^ mask;
      yield flipped;
    }
  }
}

const EVERY_BIT = [1, 2, 4, 8, 16, 32, 64, 128];
/** RSA and the long curves take longer to check; one bit in every byte still touches every field. */
const masksFor = (name: string): readonly number[] => (/^RSA|^P-[35]/.test(name) ? [4] : EVERY_BIT);

/** Keys that say twice what they are. A seed or scalar alone does not, and any is a key: see below. */
const redundant = VECTORS.filter(
  ({ name, isEncrypted }) =>
    !isEncrypted && !/Ed25519, PKCS#8|no public key|compressed point/.test(name),
);

describe('an unencrypted key with a bit turned over', () => {
  it.each(redundant.map((vector) => [vector.name, vector] as const))(
    'is refused or the same: text of %s',
    async (name, { text }) => {
      const original = identityOf(await parse(text));
      const masks = masksFor(name);
      const fates = await fatesOf(flips(Buffer.from(text), masks), original);
      const { same = 0, refused = 0, ...others } = fates;
      expect(others).toEqual({});
      expect(same + refused).toBe(text.length * masks.length);
      expect(refused).toBeGreaterThan(0.9 * text.length * masks.length);
    },
  );

  it.each(redundant.map((vector) => [vector.name, vector] as const))(
    'is refused: bytes of %s, but for the comment',
    async (name, { text }) => {
      const original = identityOf(await parse(text));
      const label = /BEGIN (.*)-----/.exec(text)?.[1] ?? '';
      const body = bodyOf(text);
      const masks = masksFor(name);
      const files = [...flips(body, masks)].map((bytes) => pem(label, bytes));
      const { same = 0, refused = 0, ...others } = await fatesOf(files, original);
      expect(others).toEqual({});
      const commentBits = body.includes('own@vector') ? 'own@vector'.length * masks.length : 0;
      expect([same, refused]).toEqual([commentBits, body.length * masks.length - commentBits]);
    },
  );

  it('is refused or the same with 51 other values for each byte of an Ed25519 key', async () => {
    const text = vectorText('Ed25519, OpenSSH');
    const original = identityOf(await parse(text));
    const masks = Array.from({ length: 51 }, (_, index) => 5 * (index + 1));
    const files = flips(bodyOf(text), masks);
    const { same, refused, ...others } = await fatesOf(
      (function* () {
        for (const bytes of files) yield pem('OPENSSH PRIVATE KEY', bytes);
      })(),
      original,
    );
    expect(others).toEqual({});
    const expected = 'own@vector'.length * masks.length;
    expect([same, refused]).toEqual([expected, bodyOf(text).length * masks.length - expected]);
  });

  it('is refused outside the seed of Ed25519 in PKCS#8, and another key inside: it has no check', async () => {
    const text = vectorText('Ed25519, PKCS#8');
    const body = bodyOf(text);
    const original = identityOf(await parse(text));
    const files = [...flips(body, EVERY_BIT)].map((bytes) => pem('PRIVATE KEY', bytes));
    const fates = await Promise.all(files.map((file) => fateOf(file, original)));
    const outside = (body.length - 32) * 8;
    expect(new Set(fates.slice(0, outside))).toEqual(new Set(['refused']));
    expect(fates.slice(outside).every((fate) => fate.startsWith('another'))).toBe(true);
  });
});

describe('a key cut short', () => {
  it.each(VECTORS.map((vector) => [vector.name, vector] as const))(
    'is refused at any length: %s',
    async (_, { text }) => {
      // Without the last line break it is whole.
      const whole = text.trimEnd().length;
      const step = text.length > 1000 ? 7 : 1;
      for (let length = 0; length < whole; length += step) {
        expect(await refusalOf(text.slice(0, length))).toMatch(/^ssh\/not-recognised /);
      }
    },
  );
});

describe('a text made up', () => {
  const isTyped = async (text: Uint8Array | string): Promise<void> => {
    const refusal = await refusalOf(text);
    expect(refusal).toMatch(/^(ssh\/|taken as )/);
  };
  const labels = fc.constantFrom(
    'OPENSSH PRIVATE KEY',
    'PRIVATE KEY',
    'ENCRYPTED PRIVATE KEY',
    'RSA PRIVATE KEY',
    'EC PRIVATE KEY',
    'CERTIFICATE',
  );
  const vectors = fc.constantFrom(...VECTORS);

  it('of any bytes is refused with a typed error', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), isTyped), {
      numRuns: 1000,
    });
  });

  it('of PEM around any bytes is refused with a typed error', async () => {
    const texts = fc.tuple(labels, fc.uint8Array({ maxLength: 600 }));
    await fc.assert(
      fc.asyncProperty(texts, ([label, body]) => isTyped(pem(label, body))),
      { numRuns: 3000 },
    );
  });

  it('of another label around a key is refused with a typed error', async () => {
    await fc.assert(
      fc.asyncProperty(labels, vectors, (label, { text }) => isTyped(pem(label, bodyOf(text)))),
      { numRuns: 300 },
    );
  });

  it('of a key with pieces moved, doubled and lost is refused with a typed error', async () => {
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.uint8Array({ maxLength: 12 })), {
      minLength: 1,
      maxLength: 4,
    });
    const edited = fc.tuple(vectors, edits, fc.boolean()).map(([{ text }, changes, isText]) => {
      const label = /BEGIN (.*)-----/.exec(text)?.[1] ?? '';
      let bytes: Buffer = isText ? Buffer.from(text) : bodyOf(text);
      for (const [from, to, insert] of changes) {
        const [start, end] = [from % (bytes.length + 1), to % (bytes.length + 1)];
        bytes = Buffer.concat([bytes.subarray(0, start), insert, bytes.subarray(end)]);
      }
      return isText ? bytes : pem(label, bytes);
    });
    await fc.assert(fc.asyncProperty(edited, isTyped), { numRuns: 3000 });
  });
});
