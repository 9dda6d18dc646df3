// A secret on its way out of the window.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import {
  emptyEntry,
  isEntered,
  isSameSecret,
  withPresented,
} from '../../../src/renderer/keys/secret-entry.ts';
import type { PresentedSecret } from '../../../src/shared/model/keys.ts';

const file = { token: 'a'.repeat(32), fileName: 'photo.jpg' };
const password = { ...emptyEntry('password'), password: 'ﬁve é' };
const both = { ...emptyEntry('password-key-file', file), password: 'pass' };
const sheet = { ...emptyEntry('recovery'), words: '1. Able 2. ACID' };

describe('withPresented', () => {
  it('sends each kind as NFKC bytes and zeroes them all', async () => {
    let sent: PresentedSecret[] = [];
    const read = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
    const texts = await withPresented([password, both, sheet], (secrets) => {
      sent = secrets;
      return Promise.resolve(
        secrets.map((one) => read(one.type === 'recovery' ? one.words : one.password)),
      );
    });
    expect(texts).toEqual(['five é'.normalize('NFKC'), 'pass', 'able acid']);
    expect(sent.map((one) => one.type)).toEqual(['password', 'password-key-file', 'recovery']);
    expect(sent[1]).toMatchObject({ keyFile: file.token });
    for (const one of sent) {
      const bytes = one.type === 'recovery' ? one.words : one.password;
      expect(bytes.every((byte) => byte === 0)).toBe(true);
    }
  });

  it('zeroes them when sending fails', async () => {
    let kept: Uint8Array = new Uint8Array([1]);
    const failing = withPresented([password], ([secret]) => {
      if (secret?.type === 'password') kept = secret.password;
      return Promise.reject(new Error('refused'));
    });
    await expect(failing).rejects.toThrow('refused');
    expect(kept.every((byte) => byte === 0)).toBe(true);
  });
});

describe('isEntered', () => {
  it.each([
    ['nothing', emptyEntry('password'), false],
    ['a password', password, true],
    ['a password without its key file', { ...both, keyFile: null }, false],
    ['a key file without its password', { ...both, password: '' }, false],
    ['both', both, true],
    ['blank words', { ...sheet, words: ' \n' }, false],
    ['words', sheet, true],
  ])('judges %s', (_name, entry, is) => {
    expect(isEntered(entry)).toBe(is);
  });
});

describe('isSameSecret', () => {
  it('sees through the way words are written', () => {
    expect(isSameSecret(sheet, { ...sheet, words: 'able\nacid' })).toBe(true);
    expect(isSameSecret(sheet, { ...sheet, words: 'acid able' })).toBe(false);
    expect(isSameSecret(sheet, { ...password, password: 'able acid' })).toBe(false);
  });
});
