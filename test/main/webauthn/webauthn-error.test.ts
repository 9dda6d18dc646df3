// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { toWebAuthnError, WebAuthnError } from '../../../src/main/webauthn/webauthn-error.ts';
import { AppError } from '../../../src/shared/errors.ts';

describe('WebAuthnError', () => {
  it.each([
    ['rp-id-not-a-suffix-of-origin', 'webauthn/security', 'SecurityError'],
    ['denied', 'webauthn/not-allowed', 'NotAllowedError'],
    ['no-passkey', 'webauthn/not-allowed', 'NotAllowedError'],
    ['timed-out', 'webauthn/not-allowed', 'NotAllowedError'],
    ['already-registered', 'webauthn/invalid-state', 'InvalidStateError'],
    ['no-common-algorithm', 'webauthn/not-supported', 'NotSupportedError'],
    ['discoverable-not-possible', 'webauthn/constraint', 'ConstraintError'],
    ['aborted', 'webauthn/abort', 'AbortError'],
    ['empty-challenge', 'webauthn/type', 'TypeError'],
    ['internal', 'webauthn/unknown', 'UnknownError'],
  ] as const)('says %s as %s and %s', (reason, code, name) => {
    const error = new WebAuthnError(reason);
    expect([error.reason, error.code, error.domExceptionName, error.details]).toEqual([
      reason,
      code,
      name,
      { reason },
    ]);
    expect(error.message).toBe(`${name}: ${reason}`);
  });
});

describe('toWebAuthnError', () => {
  it('passes its own through and keeps every other as the cause', () => {
    const own = new WebAuthnError('denied');
    expect(toWebAuthnError(own)).toBe(own);
    const others = [new Error('a bug'), 'text', undefined, new AppError('vault/corrupt', 'x')];
    const translated = others.map((other) => toWebAuthnError(other));
    expect(translated.map(({ reason }) => reason)).toEqual(others.map(() => 'internal'));
    expect(translated.map(({ cause }) => cause)).toEqual(others);
  });

  it.each([
    ['vault/locked', 'vault-locked'],
    ['approvals/queue-full', 'too-many-requests'],
    ['approvals/gone', 'denied'],
    ['vault/write-failed', 'internal'],
  ] as const)('turns %s into %s', (code, reason) => {
    expect(toWebAuthnError(new AppError(code, 'x')).reason).toBe(reason);
  });
});
