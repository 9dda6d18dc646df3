// SPDX-License-Identifier: MIT

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeClientData,
  hashClientData,
  toClientDataString,
} from '../../../src/main/webauthn/client-data.ts';
import { fromBase64Url, fromUtf8, toHex } from '../../../src/shared/bytes.ts';

describe('encodeClientData', () => {
  it('writes type, challenge, origin and crossOrigin in this order, without white space', () => {
    const bytes = encodeClientData({
      type: 'webauthn.get',
      challenge: fromBase64Url('OcDnUhQXulTUPo3JUXT0I97pvzzYBP9tZchXyav01Ag'),
      origin: 'https://example.org',
      crossOrigin: false,
    });
    expect(fromUtf8(bytes)).toBe(
      '{"type":"webauthn.get","challenge":"OcDnUhQXulTUPo3JUXT0I97pvzzYBP9tZchXyav01Ag",' +
        '"origin":"https://example.org","crossOrigin":false}',
    );
  });

  it('says crossOrigin true when it is', () => {
    const data = {
      type: 'webauthn.create',
      challenge: Uint8Array.of(1),
      origin: 'https://a.example',
    } as const;
    expect(fromUtf8(encodeClientData({ ...data, crossOrigin: true }))).toMatch(
      /,"crossOrigin":true}$/,
    );
  });
});

describe('toClientDataString', () => {
  it.each([
    ['two words!', '"two words!"'],
    ['"', String.raw`"\""`],
    ['\\', String.raw`"\\"`],
    ['\n\u0000\u001f', String.raw`"\u000a\u0000\u001f"`],
    ['ü/😀\u007f\u2028', '"ü/😀\u007f\u2028"'],
    ['\ud800', '"\ufffd"'],
  ])('escapes %j as %s', (text, expected) => {
    expect(toClientDataString(text)).toBe(expected);
  });

  it('is JSON, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(JSON.parse(toClientDataString(text))).toBe(text.toWellFormed());
      }),
    );
  });
});

describe('hashClientData', () => {
  it('is SHA-256', () => {
    expect(toHex(hashClientData(new Uint8Array()))).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
  });
});
