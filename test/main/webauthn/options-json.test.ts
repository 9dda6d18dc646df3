// SPDX-License-Identifier: MIT

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseCreationOptions,
  parseRequestOptions,
} from '../../../src/main/webauthn/options-json.ts';
import { WebAuthnError } from '../../../src/main/webauthn/webauthn-error.ts';
import { toBase64Url, toUtf8 } from '../../../src/shared/bytes.ts';
import { creationOptions, requestOptions } from '../../support/ceremony-world.ts';

const idOf = (length: number): string => toBase64Url(new Uint8Array(length));

function reasonOf(action: () => unknown): string | null {
  try {
    action();
    return null;
  } catch (error) {
    if (!(error instanceof WebAuthnError)) throw error;
    expect(error.domExceptionName).toBe('TypeError');
    return error.reason;
  }
}

describe('parseCreationOptions', () => {
  it('reads what it uses', () => {
    const json = creationOptions({
      pubKeyCredParams: [
        { type: 'public-key', alg: -8 },
        { type: 'password', alg: -7 },
        { type: 'public-key', alg: -7 },
      ],
      timeout: 60_000.5,
      excludeCredentials: [{ type: 'public-key', id: idOf(32), transports: ['usb'] }],
      authenticatorSelection: {
        residentKey: 'required',
        userVerification: 'discouraged',
        authenticatorAttachment: 'platform',
      },
      attestation: 'direct',
      hints: ['security-key'],
      extensions: { credProps: true, prf: { eval: {} } },
    });
    expect(parseCreationOptions(json)).toEqual({
      rp: { id: 'bank.example', name: 'Bank' },
      user: { id: toUtf8('user-1'), name: 'anna', displayName: 'Anna Klein' },
      challenge: Uint8Array.from({ length: 32 }, (_, index) => index),
      pubKeyCredParams: [
        { type: 'public-key', alg: -8 },
        { type: 'public-key', alg: -7 },
      ],
      timeout: 60_000.5,
      excludeCredentials: [{ type: 'public-key', id: new Uint8Array(32) }],
      authenticatorAttachment: 'platform',
      residentKeyRequired: true,
      userVerification: 'discouraged',
      asksCredProps: true,
    });
  });

  it.each([
    [undefined, undefined, false],
    [undefined, true, true],
    ['discouraged', true, false],
    ['preferred', true, false],
    ['required', false, true],
    ['something new', true, true],
    ['something new', undefined, false],
  ])(
    'takes residentKey %s with requireResidentKey %s as required: %s',
    (residentKey, requireResidentKey, required) => {
      const json = creationOptions({ authenticatorSelection: { residentKey, requireResidentKey } });
      expect(parseCreationOptions(json).residentKeyRequired).toBe(required);
    },
  );

  it.each([[undefined], ['something new'], ['Required'], ['']])(
    'takes userVerification %j as preferred',
    (userVerification) => {
      const json = creationOptions({ authenticatorSelection: { userVerification } });
      expect(parseCreationOptions(json).userVerification).toBe('preferred');
    },
  );

  it('tells no parameters at all from none that it knows', () => {
    const parse = (pubKeyCredParams: unknown) =>
      parseCreationOptions(creationOptions({ pubKeyCredParams })).pubKeyCredParams;
    expect(parse([])).toBeNull();
    expect(parse([{ type: 'password', alg: -7 }])).toEqual([]);
  });

  it('truncates names between characters, never below 64 bytes', () => {
    const name = '😀'.repeat(1000);
    const { user, rp } = parseCreationOptions(
      creationOptions({ user: { id: idOf(1), name, displayName: 'x' }, rp: { name } }),
    );
    expect([user.name, rp.name]).toEqual(['😀'.repeat(256), '😀'.repeat(256)]);
  });

  it.each([[1], [64]])('takes a user handle of %i bytes', (length) => {
    const json = creationOptions({ user: { id: idOf(length), name: '', displayName: '' } });
    expect(parseCreationOptions(json).user.id.length).toBe(length);
  });

  it.each([[0], [65], [1000]])('refuses a user handle of %i bytes', (length) => {
    const json = creationOptions({ user: { id: idOf(length), name: '', displayName: '' } });
    expect(reasonOf(() => parseCreationOptions(json))).toBe('user-handle-length');
  });

  it('refuses an empty challenge', () => {
    expect(reasonOf(() => parseCreationOptions(creationOptions({ challenge: '' })))).toBe(
      'empty-challenge',
    );
  });

  it('takes almost a megabyte of JSON and refuses more', () => {
    const padded = (length: number) => creationOptions({ padding: 'x'.repeat(length) });
    expect(reasonOf(() => parseCreationOptions(padded(1_000_000)))).toBeNull();
    expect(reasonOf(() => parseCreationOptions(padded(1_048_576)))).toBe('options-too-large');
  });

  const user = { id: idOf(1), name: 'anna', displayName: 'Anna' };
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['text', 'options'],
    ['a number', 7],
    ['a list', [creationOptions()]],
    ['an empty object', {}],
    ['a function', () => undefined],
    ['no rp', creationOptions({ rp: undefined })],
    ['an rp without a name', creationOptions({ rp: { id: 'bank.example' } })],
    ['an rp id that is a number', creationOptions({ rp: { id: 1, name: 'x' } })],
    ['an rp id that is null', creationOptions({ rp: { id: null, name: 'x' } })],
    ['no user', creationOptions({ user: undefined })],
    ['a user without an id', creationOptions({ user: { ...user, id: undefined } })],
    ['a user id as bytes', creationOptions({ user: { ...user, id: [1, 2] } })],
    ['a user id that is not base64url', creationOptions({ user: { ...user, id: 'a+b/' } })],
    ['a user id with padding', creationOptions({ user: { ...user, id: 'AA==' } })],
    ['a user id of an impossible length', creationOptions({ user: { ...user, id: 'A' } })],
    [
      'a user without a display name',
      creationOptions({ user: { ...user, displayName: undefined } }),
    ],
    ['a user name that is an object', creationOptions({ user: { ...user, name: {} } })],
    ['no challenge', creationOptions({ challenge: undefined })],
    ['a challenge that is a number', creationOptions({ challenge: 1 })],
    ['a challenge with a space', creationOptions({ challenge: 'AA AA' })],
    ['no pubKeyCredParams', creationOptions({ pubKeyCredParams: undefined })],
    ['pubKeyCredParams that is no list', creationOptions({ pubKeyCredParams: { alg: -7 } })],
    ['an alg as text', creationOptions({ pubKeyCredParams: [{ type: 'public-key', alg: '-7' }] })],
    [
      'an alg with a fraction',
      creationOptions({ pubKeyCredParams: [{ type: 'public-key', alg: -7.5 }] }),
    ],
    ['a parameter without a type', creationOptions({ pubKeyCredParams: [{ alg: -7 }] })],
    ['a timeout as text', creationOptions({ timeout: '60000' })],
    ['a negative timeout', creationOptions({ timeout: -1 })],
    ['excludeCredentials that is no list', creationOptions({ excludeCredentials: {} })],
    [
      'a descriptor without an id',
      creationOptions({ excludeCredentials: [{ type: 'public-key' }] }),
    ],
    [
      'a descriptor with a broken id',
      creationOptions({ excludeCredentials: [{ type: 'public-key', id: '!' }] }),
    ],
    ['a selection that is text', creationOptions({ authenticatorSelection: 'platform' })],
    [
      'a requireResidentKey that is text',
      creationOptions({ authenticatorSelection: { requireResidentKey: 'yes' } }),
    ],
    ['extensions that are a list', creationOptions({ extensions: [] })],
    ['a credProps that is text', creationOptions({ extensions: { credProps: 'yes' } })],
    ['a bigint somewhere', creationOptions({ extra: 1n })],
  ])('refuses %s', (_, json) => {
    expect(reasonOf(() => parseCreationOptions(json))).toBe('options-malformed');
  });

  it('refuses what refers to itself, and what throws when it is read', () => {
    const cyclic = creationOptions();
    cyclic.self = cyclic;
    const throwing = Object.defineProperty(creationOptions(), 'rp', {
      enumerable: true,
      get: () => {
        throw new Error('gotcha');
      },
    });
    expect(reasonOf(() => parseCreationOptions(cyclic))).toBe('options-malformed');
    expect(reasonOf(() => parseCreationOptions(throwing))).toBe('options-malformed');
  });

  it('is not moved by keys that would change a prototype', () => {
    const text = JSON.stringify(creationOptions()).slice(0, -1);
    const json: unknown = JSON.parse(
      `${text},"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":1}`,
    );
    const options = parseCreationOptions(json);
    expect(Object.keys(options)).toEqual(Object.keys(parseCreationOptions(creationOptions())));
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    const onlyProto: unknown = JSON.parse(`{"__proto__":${JSON.stringify(creationOptions())}}`);
    expect(reasonOf(() => parseCreationOptions(onlyProto))).toBe('options-malformed');
  });

  it('takes members from no prototype', () => {
    const inherited: unknown = Object.create(creationOptions());
    expect(reasonOf(() => parseCreationOptions(inherited))).toBe('options-malformed');
  });

  it('throws WebAuthnError and nothing else, whatever the JSON', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom(...Object.keys(creationOptions())),
        (value, key) => {
          reasonOf(() => parseCreationOptions(value));
          reasonOf(() => parseCreationOptions(creationOptions({ [key]: value })));
          reasonOf(() => parseRequestOptions(value));
          reasonOf(() => parseRequestOptions(requestOptions({ [key]: value })));
        },
      ),
    );
  });
});

describe('parseRequestOptions', () => {
  it('reads what it uses', () => {
    const json = requestOptions({
      timeout: 1,
      userVerification: 'required',
      allowCredentials: [
        { type: 'public-key', id: idOf(1023) },
        { type: 'password', id: idOf(16) },
        { type: 'public-key', id: idOf(1024) },
        { type: 'public-key', id: '' },
      ],
    });
    expect(parseRequestOptions(json)).toEqual({
      challenge: Uint8Array.from({ length: 32 }, (_, index) => index),
      timeout: 1,
      rpId: 'bank.example',
      allowCredentials: [{ type: 'public-key', id: new Uint8Array(1023) }],
      userVerification: 'required',
    });
  });

  it('tells an empty allowCredentials from one with nothing that it knows', () => {
    const parse = (allowCredentials: unknown) =>
      parseRequestOptions(requestOptions({ allowCredentials })).allowCredentials;
    expect(parse(undefined)).toBeNull();
    expect(parse([])).toBeNull();
    expect(parse([{ type: 'password', id: idOf(16) }])).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'options-malformed'],
    ['no challenge', {}, 'options-malformed'],
    ['an empty challenge', requestOptions({ challenge: '' }), 'empty-challenge'],
    ['an rpId that is a list', requestOptions({ rpId: ['bank.example'] }), 'options-malformed'],
    [
      'a userVerification that is true',
      requestOptions({ userVerification: true }),
      'options-malformed',
    ],
    [
      'allowCredentials that is text',
      requestOptions({ allowCredentials: 'x' }),
      'options-malformed',
    ],
    ['two megabytes', requestOptions({ padding: 'x'.repeat(2_000_000) }), 'options-too-large'],
  ])('refuses %s', (_, json, reason) => {
    expect(reasonOf(() => parseRequestOptions(json))).toBe(reason);
  });
});
