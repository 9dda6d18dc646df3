// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import {
  digestSealed,
  encodeKeyNote,
  mayHold,
  parseKeyNote,
} from '../../../src/main/vault/item-key-note.ts';
import { concatBytes } from '../../../src/shared/bytes.ts';
import { patternBytes } from '../../support/attached-files.ts';

const [one, other] = [patternBytes(300, 'one'), patternBytes(300, 'other')];
const none = new Uint8Array(0);

describe('the note of an item key', () => {
  it('comes back', () => {
    const notes = [
      { madeIn: 1, sealedBefore: none },
      { madeIn: 1, sealedBefore: concatBytes(digestSealed(one), digestSealed(other)) },
      { madeIn: 2, sealedBefore: none },
    ];
    for (const note of notes) expect(parseKeyNote(encodeKeyNote(note), 2)).toEqual(note);
  });

  it('is refused of another epoch or length', () => {
    const note = (madeIn: number, sealedBefore: Uint8Array = none): Uint8Array =>
      encodeKeyNote({ madeIn, sealedBefore });
    const wrong = [
      none,
      new Uint8Array(3),
      note(0),
      note(3),
      note(2, digestSealed(one)),
      note(1, digestSealed(one).subarray(1)),
      note(1, concatBytes(digestSealed(one), Uint8Array.of(0))),
    ];
    for (const bytes of wrong) expect(() => parseKeyNote(bytes, 2)).toThrow(TypeError);
  });

  it('lets everything lie under a key in use, and nothing but what it names under a former one', () => {
    const note = { madeIn: 1, sealedBefore: concatBytes(digestSealed(other), digestSealed(one)) };
    expect(mayHold({ madeIn: 2, sealedBefore: none }, one, true)).toBe(true);
    expect([one, other].map((sealed) => mayHold(note, sealed, false))).toEqual([true, true]);
    const forged = [one.with(299, 0xff), one.subarray(1), none, digestSealed(one)];
    for (const sealed of forged) expect(mayHold(note, sealed, false)).toBe(false);
    expect(mayHold({ madeIn: 1, sealedBefore: none }, one, false)).toBe(false);
  });
});
