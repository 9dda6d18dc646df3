// What still opens a vault when something is lost.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import {
  hasSinglePointOfLoss,
  removalSentences,
  whatIfLost,
} from '../../../src/renderer/keys/what-if-lost.ts';
import type { KeySlotInfo } from '../../../src/shared/model/keys.ts';
import { slot } from './open-room.tsx';

const password = slot(1, 'password');
const keyFile = slot(1, 'password-key-file');
const safe = slot(2, 'recovery', 'Safe');
const aunt = slot(3, 'recovery', 'Aunt');
const unnamed = slot(4, 'recovery');

const shown = (slots: readonly KeySlotInfo[]) =>
  whatIfLost(slots).map(({ title, remaining }) => [title, remaining.map(({ id }) => id)]);

describe('whatIfLost', () => {
  it('says that a password alone must not be forgotten', () => {
    expect(shown([password])).toEqual([['forget the master password', []]]);
  });

  it('says what a recovery key is good for, and that losing both is the end', () => {
    expect(shown([password, safe])).toEqual([
      ['forget the master password', [safe.id]],
      ['lose the recovery sheet “Safe”', [password.id]],
      ['forget the password and lose every sheet', []],
    ]);
  });

  it('counts a lost key file as a lost password', () => {
    expect(shown([keyFile])).toEqual([
      ['forget the master password', []],
      ['lose the key file', []],
    ]);
    expect(shown([keyFile, unnamed])).toEqual([
      ['forget the master password', [unnamed.id]],
      ['lose the key file', [unnamed.id]],
      ['lose the recovery sheet', [keyFile.id]],
      ['forget the password and lose every sheet', []],
    ]);
  });

  it('takes each sheet by itself, and all of them', () => {
    expect(shown([password, safe, aunt, unnamed])).toEqual([
      ['forget the master password', [safe.id, aunt.id, unnamed.id]],
      ['lose the recovery sheet “Safe”', [password.id, aunt.id, unnamed.id]],
      ['lose the recovery sheet “Aunt”', [password.id, safe.id, unnamed.id]],
      ['lose the recovery sheet without a name', [password.id, safe.id, aunt.id]],
      ['lose every recovery sheet', [password.id]],
      ['forget the password and lose every sheet', []],
    ]);
  });

  it('leaves nothing where one sheet is all there is', () => {
    expect(shown([safe])).toEqual([['lose the recovery sheet “Safe”', []]]);
  });

  it('has nothing to say of no slots', () => {
    expect(whatIfLost([])).toEqual([]);
  });
});

describe('hasSinglePointOfLoss', () => {
  it.each([
    ['a password alone', [password], true],
    ['a sheet alone', [safe], true],
    ['a password with a key file', [keyFile], true],
    ['a password and a sheet', [password, safe], false],
    ['a key file and a sheet', [keyFile, safe], false],
    ['two sheets and no password', [safe, aunt], true],
  ])('judges %s', (_name, slots, has) => {
    // Two sheets without a password: "lose every sheet" is one careless fire away.
    expect(hasSinglePointOfLoss(slots)).toBe(has);
  });
});

describe('removalSentences', () => {
  it('names the one way in that is left', () => {
    expect(removalSentences(safe, [password, safe])).toBe(
      'The words on this sheet will no longer open this vault: tear it up. ' +
        'Only the master password is left. Lose that as well, and nobody can open the vault.',
    );
  });

  it('names the several that are left', () => {
    expect(removalSentences(password, [password, safe, unnamed])).toBe(
      'The master password will no longer open this vault. ' +
        'The vault still opens with the recovery key “Safe” or the recovery key without a name.',
    );
  });

  it('says that a key file stays where it is', () => {
    expect(removalSentences(keyFile, [keyFile, safe])).toContain('stays where it is');
  });
});
