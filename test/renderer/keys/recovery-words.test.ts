// What people type, paste and scan for a recovery key.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { toRecoveryText, toWord, toWordList } from '../../../src/renderer/keys/recovery-words.ts';

describe('toRecoveryText', () => {
  it.each([
    ['as it is', 'abandon ability able'],
    ['in capitals', 'ABANDON Ability aBLE'],
    ['with spaces too many', '  abandon   ability\table  '],
    ['in lines', 'abandon\nability\r\nable\n'],
    ['numbered', '1. abandon 2) ability 3: able'],
    ['numbered in lines', ' 1 abandon\n 2 ability\n 3 able'],
    ['with commas', 'abandon, ability,able;'],
    ['as a bulleted list', '• abandon\n• ability\n- able'],
    ['with gaps that do not break', 'abandon\u00A0ability\u2003able'],
    ['in letters of full width', 'ａｂａｎｄｏｎ ability able'],
  ])('reads words %s', (_name, text) => {
    expect(toRecoveryText(text)).toBe('abandon ability able');
  });

  it('keeps a mistyped word one word, at its place', () => {
    expect(toWordList('abandon ab1lity able')).toEqual(['abandon', 'ab1lity', 'able']);
  });

  it('reads 24 words joined by dashes as words', () => {
    const words = Array.from({ length: 24 }, () => 'able');
    expect(toRecoveryText(words.join('-'))).toBe(words.join(' '));
  });

  it('keeps every word at its place, whatever was typed into it', () => {
    expect(toRecoveryText('ab1lity abou1t ключ able')).toBe('ablity about xx able');
  });

  it.each(['', '   ', '\n', '1. 2. 3.'])('has nothing to send of %j', (text) => {
    expect(toRecoveryText(text)).toBe('');
  });
});

describe('toWord', () => {
  it('forgives capitals and gaps', () => {
    expect(toWord('  Abandon ')).toBe('abandon');
  });
});
