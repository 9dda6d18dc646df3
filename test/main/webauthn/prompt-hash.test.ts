// SPDX-License-Identifier: MIT

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hashPrompt, toShownPrompt } from '../../../src/main/webauthn/prompt-hash.ts';
import type { ApprovalPrompt, GetPrompt } from '../../../src/shared/model/approval.ts';

const PROMPT: GetPrompt = {
  kind: 'get',
  accounts: [{ credentialId: 'AA', userName: 'anna', userDisplayName: 'Anna', createdAt: 1 }],
  sessionId: '00'.repeat(16),
  stage: 1,
  source: 'test-site',
  origin: 'https://bank.example',
  rpId: 'bank.example',
  registrableDomain: 'bank.example',
  expiresAt: 2,
  clientDataHash: 'AA',
  asksPassword: true,
  refusedPasswords: 0,
  refusal: null,
};

describe('hashPrompt', () => {
  it('is SHA-256 over the JSON with sorted keys, in lower-case hex', () => {
    const json =
      '{"accounts":[{"createdAt":1,"credentialId":"AA","userDisplayName":"Anna","userName":"anna"}],' +
      '"asksPassword":true,"clientDataHash":"AA","expiresAt":2,"kind":"get","origin":"https://bank.example",' +
      '"refusal":null,"refusedPasswords":0,"registrableDomain":"bank.example","rpId":"bank.example",' +
      '"sessionId":"00000000000000000000000000000000","source":"test-site","stage":1}';
    expect(hashPrompt(PROMPT)).toBe(createHash('sha256').update(json).digest('hex'));
  });

  it('does not depend on the order of members', () => {
    const reversed = Object.fromEntries(
      Object.entries(PROMPT).reverse(),
    ) as unknown as ApprovalPrompt;
    expect(hashPrompt(reversed)).toBe(hashPrompt(PROMPT));
  });

  it('differs when any member differs', () => {
    const changes: readonly Partial<GetPrompt>[] = [
      { accounts: [] },
      { sessionId: '01'.repeat(16) },
      { stage: 2 },
      { origin: 'https://bank.example:1' },
      { rpId: 'x' },
      { registrableDomain: 'x' },
      { expiresAt: 3 },
      { clientDataHash: 'AQ' },
      { asksPassword: false },
      { refusedPasswords: 1 },
      { refusal: { kind: 'pin', code: 'vault/wrong-password', details: { triesLeft: 1 } } },
    ];
    const hashes = changes.map((change) => hashPrompt({ ...PROMPT, ...change }));
    expect(new Set([hashPrompt(PROMPT), ...hashes]).size).toBe(changes.length + 1);
  });
});

describe('toShownPrompt', () => {
  it('freezes the prompt at every depth', () => {
    const { prompt, promptHash } = toShownPrompt(structuredClone(PROMPT));
    expect(promptHash).toBe(hashPrompt(PROMPT));
    expect(() => Object.assign(prompt, { rpId: 'evil.example' })).toThrow(TypeError);
    const accounts = prompt.kind === 'get' ? prompt.accounts : [];
    expect(() => Object.assign(accounts[0] ?? {}, { userName: 'eve' })).toThrow(TypeError);
    expect(() => Object.assign(accounts, { 1: {} })).toThrow(TypeError);
  });
});
