// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { encodeCbor, type CborValue } from '../../../src/main/codec/cbor.ts';
import { CodecError } from '../../../src/main/codec/codec-error.ts';
import {
  encodeAttestationObject,
  parseAttestationObject,
} from '../../../src/main/webauthn/attestation-object.ts';
import { toHex } from '../../../src/shared/bytes.ts';

const AUTH_DATA = Uint8Array.of(1, 2, 3);

describe('encodeAttestationObject', () => {
  it('writes fmt, attStmt and authData in canonical order', () => {
    const bytes = encodeAttestationObject({ fmt: 'none', authData: AUTH_DATA });
    expect(toHex(bytes)).toBe('a363666d74646e6f6e656761747453746d74a068617574684461746143010203');
    expect(parseAttestationObject(bytes)).toEqual({ fmt: 'none', authData: AUTH_DATA });
  });
});

describe('parseAttestationObject', () => {
  const good: readonly (readonly [string, CborValue])[] = [
    ['fmt', 'none'],
    ['attStmt', new Map()],
    ['authData', AUTH_DATA],
  ];
  it.each<[string, CborValue]>([
    ['another format', new Map([...good, ['fmt', 'packed']])],
    ['a statement', new Map([...good, ['attStmt', new Map([['alg', -7]])]])],
    ['a statement that is no map', new Map([...good, ['attStmt', []]])],
    ['authData as text', new Map([...good, ['authData', 'x']])],
    ['a key more', new Map([...good, ['x', 1]])],
    ['a key less', new Map(good.slice(1))],
    ['something other than a map', [1]],
  ])('refuses %s', (_, value) => {
    expect(() => parseAttestationObject(encodeCbor(value))).toThrow(CodecError);
  });
});
