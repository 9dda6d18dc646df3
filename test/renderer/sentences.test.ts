// The wording tables: complete, whole sentences, free of codes and jargon.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { toCeremonySentence } from '../../src/renderer/ceremony-sentences.ts';
import { errorSentences, toErrorLine } from '../../src/renderer/error-sentences.ts';
import { sentenceOf } from '../../src/renderer/test-site/ceremony-list.tsx';
import {
  formatNames,
  noticeSentences,
  skipSentences,
} from '../../src/renderer/transfer/transfer-sentences.ts';
import { ERROR_CODES } from '../../src/shared/errors.ts';
import { CEREMONY_REASONS } from '../../src/shared/model/ceremony.ts';

const WHOLE_SENTENCE = /^[A-Z“].*[.]$/s;

describe('errorSentences', () => {
  it('has exactly the codes there are', () => {
    expect(Object.keys(errorSentences).sort()).toEqual([...ERROR_CODES].sort());
  });

  it.each(ERROR_CODES)('says of %s what happened, what was kept and what to do', (code) => {
    const sentences = Object.values(errorSentences[code]) as string[];
    expect(sentences).toHaveLength(3);
    for (const sentence of sentences) expect(sentence).toMatch(WHOLE_SENTENCE);
    expect(toErrorLine(code)).not.toContain(code);
    expect(toErrorLine(code)).not.toMatch(/undefined|Error\b|exception|stack/);
  });
});

describe('toCeremonySentence', () => {
  const facts = {
    operation: 'get',
    host: 'bank-secure.localhost',
    rpId: 'bank.localhost',
  } as const;

  it.each(CEREMONY_REASONS)('explains %s in whole sentences', (reason) => {
    const { label, explanation } = toCeremonySentence(reason, facts);
    expect(label).not.toBe('');
    expect(explanation).toMatch(/[.]$/);
    // Codes of one word are words.
    if (reason.includes('-')) expect(explanation).not.toContain(reason);
  });

  it('says of a refusal that nothing was sent', () => {
    const refusals = CEREMONY_REASONS.map((reason) => toCeremonySentence(reason, facts)).filter(
      ({ tone }) => tone === 'refused',
    );
    expect(refusals.length).toBeGreaterThan(10);
    for (const { explanation } of refusals) expect(explanation).toContain('Nothing was sent.');
  });

  it('names the phisher and the bank', () => {
    expect(
      sentenceOf({
        at: 0,
        operation: 'get',
        origin: 'http://bank-secure.localhost:4100',
        rpId: 'bank.localhost',
        reason: 'rp-id-not-a-suffix-of-origin',
        errorName: 'SecurityError',
      }).explanation,
    ).toBe(
      'bank-secure.localhost asked for the passkey of bank.localhost. ' +
        'A passkey answers only to its own site. Nothing was sent.',
    );
  });

  it('does not repeat what a site smuggles into its names', () => {
    const { explanation } = sentenceOf({
      at: 0,
      operation: 'get',
      origin: 'null',
      rpId: 'bank\u202E.example\u0000\n\nApproved.',
      reason: 'rp-id-not-a-domain',
      errorName: 'SecurityError',
    });
    expect(explanation).not.toMatch(/[\u202E\u0000\n]/);
  });
});

describe('transfer sentences', () => {
  it('are there for every reason, notice and format', () => {
    const all = [skipSentences, noticeSentences, formatNames].flatMap((table) =>
      Object.values(table as Readonly<Record<string, string>>),
    );
    for (const sentence of all) expect(sentence.length).toBeGreaterThan(8);
  });
});
