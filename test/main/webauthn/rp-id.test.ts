// SPDX-License-Identifier: MIT

import { domainToASCII } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  determineRpId,
  parseCallerOrigin,
  registrableDomain,
} from '../../../src/main/webauthn/rp-id.ts';
import { WebAuthnError } from '../../../src/main/webauthn/webauthn-error.ts';
import { NOT_PRESENT, readVectors } from '../../support/vectors.ts';

/** The RP ID that `origin` gets when it asks for `rpId`, or the reason why it gets none. */
function claim(origin: string, rpId: string | undefined): string {
  try {
    return determineRpId(parseCallerOrigin(origin), rpId);
  } catch (error) {
    if (!(error instanceof WebAuthnError)) throw error;
    return `! ${error.reason}`;
  }
}

const NOT_SUFFIX = '! rp-id-not-a-suffix-of-origin';
const PUBLIC = '! rp-id-is-public-suffix';
const NO_DOMAIN = '! rp-id-not-a-domain';
const NOT_ORIGIN = '! not-an-origin';

type Row = readonly [origin: string, rpId: string | undefined, outcome: string];

const ALLOWED: readonly Row[] = [
  ['https://bank.com', undefined, 'bank.com'],
  ['https://bank.com', 'bank.com', 'bank.com'],
  ['https://bank.com:8443', 'bank.com', 'bank.com'],
  ['https://login.bank.com', 'bank.com', 'bank.com'],
  ['https://login.bank.com', 'login.bank.com', 'login.bank.com'],
  ['https://login.bank.com', undefined, 'login.bank.com'],
  ['https://a.b.c.bank.com', 'c.bank.com', 'c.bank.com'],
  ['https://a.b.c.bank.com', 'bank.com', 'bank.com'],
  ['https://LOGIN.Bank.COM', 'bank.com', 'bank.com'],
  ['https://login.bank.com', 'BANK.com', 'bank.com'],
  ['https://login.bank.com/', 'bank.com', 'bank.com'],
  ['https://bank.co.uk', 'bank.co.uk', 'bank.co.uk'],
  ['https://login.bank.co.uk', 'bank.co.uk', 'bank.co.uk'],
  ['https://anna.github.io', 'anna.github.io', 'anna.github.io'],
  ['https://x.anna.github.io', 'anna.github.io', 'anna.github.io'],
  ['https://github.io', 'github.io', 'github.io'],
  ['https://co.uk', undefined, 'co.uk'],
  ['https://intranet', 'intranet', 'intranet'],
  ['https://host.intranet', 'host.intranet', 'host.intranet'],
  ['https://bücher.example', 'bücher.example', 'xn--bcher-kva.example'],
  ['https://bücher.example', 'xn--bcher-kva.example', 'xn--bcher-kva.example'],
  ['https://xn--bcher-kva.example', 'BÜCHER.example', 'xn--bcher-kva.example'],
  ['https://shop.bücher.example', 'bücher.example', 'xn--bcher-kva.example'],
  ['https://www.食狮.公司.cn', '食狮.公司.cn', 'xn--85x722f.xn--55qx5d.cn'],
  ['https://city.kobe.jp', 'city.kobe.jp', 'city.kobe.jp'],
  ['https://a.city.kobe.jp', 'city.kobe.jp', 'city.kobe.jp'],
  ['https://www.ck', 'www.ck', 'www.ck'],
  ['https://1.example.com', 'example.com', 'example.com'],
  ['https://a--b.example.com', 'a--b.example.com', 'a--b.example.com'],
  ['http://localhost', undefined, 'localhost'],
  ['http://localhost:5173', 'localhost', 'localhost'],
  ['https://localhost', 'localhost', 'localhost'],
  ['http://LOCALHOST:5173', 'localhost', 'localhost'],
  ['http://bank.localhost:5173', 'bank.localhost', 'bank.localhost'],
  ['http://bank.localhost:5173', undefined, 'bank.localhost'],
  ['http://login.bank.localhost:5173', 'bank.localhost', 'bank.localhost'],
  ['http://login.bank.localhost:5173', 'login.bank.localhost', 'login.bank.localhost'],
  ['https://login.bank.localhost', 'bank.localhost', 'bank.localhost'],
];

const REFUSED: readonly Row[] = [
  ['https://fakebank.com', 'bank.com', NOT_SUFFIX],
  ['https://bank.com.evil.site', 'bank.com', NOT_SUFFIX],
  ['https://bank-secure.com', 'bank.com', NOT_SUFFIX],
  ['https://bank.com', 'login.bank.com', NOT_SUFFIX],
  ['https://bank.com', 'bank.org', NOT_SUFFIX],
  ['https://bank.com', 'ank.com', NOT_SUFFIX],
  ['https://bank.com', 'evil.com', NOT_SUFFIX],
  ['https://evil.com', 'bank.com', NOT_SUFFIX],
  ['https://login.bank.com', 'in.bank.com', NOT_SUFFIX],
  ['https://login.bank.com', 'www.bank.com', NOT_SUFFIX],
  ['https://xn--bcher-kva.example', 'bucher.example', NOT_SUFFIX],
  ['https://bаnk.com', 'bank.com', NOT_SUFFIX],
  ['https://bank.com', 'bаnk.com', NOT_SUFFIX],
  ['https://anna.github.io', 'ben.github.io', NOT_SUFFIX],
  ['http://bank-secure.localhost:5173', 'bank.localhost', NOT_SUFFIX],
  ['http://fakebank.localhost:5173', 'bank.localhost', NOT_SUFFIX],
  ['http://localhost:5173', 'bank.localhost', NOT_SUFFIX],
  ['http://bank.localhost:5173', 'login.bank.localhost', NOT_SUFFIX],
  ['http://localhost', 'example.com', NOT_SUFFIX],

  ['https://bank.com', 'com', PUBLIC],
  ['https://login.bank.com', 'com', PUBLIC],
  ['https://bank.co.uk', 'co.uk', PUBLIC],
  ['https://bank.co.uk', 'uk', PUBLIC],
  ['https://anna.github.io', 'github.io', PUBLIC],
  ['https://anna.github.io', 'io', PUBLIC],
  ['https://github.io', 'io', PUBLIC],
  ['https://co.uk', 'uk', PUBLIC],
  ['https://host.intranet', 'intranet', PUBLIC],
  ['https://bücher.example', 'example', PUBLIC],
  ['https://c.kobe.jp', 'kobe.jp', PUBLIC],
  ['https://city.kobe.jp', 'kobe.jp', PUBLIC],
  ['https://b.c.kobe.jp', 'c.kobe.jp', PUBLIC],
  ['https://食狮.公司.cn', '公司.cn', PUBLIC],
  ['https://app.herokuapp.com', 'herokuapp.com', PUBLIC],
  ['https://d1.cloudfront.net', 'cloudfront.net', PUBLIC],
  ['https://page.blogspot.com', 'com', PUBLIC],
  ['http://bank.localhost:5173', 'localhost', PUBLIC],
  ['http://login.bank.localhost:5173', 'localhost', PUBLIC],
  ['http://bank-secure.localhost:5173', 'localhost', PUBLIC],

  ['https://bank.com', '', NO_DOMAIN],
  ['https://bank.com', '.', NO_DOMAIN],
  ['https://bank.com', '.com', NO_DOMAIN],
  ['https://bank.com', '.bank.com', NO_DOMAIN],
  ['https://bank.com', 'bank.com.', NO_DOMAIN],
  ['https://bank.com', 'bank..com', NO_DOMAIN],
  ['https://bank.com', 'bank.com:443', NO_DOMAIN],
  ['https://bank.com', 'https://bank.com', NO_DOMAIN],
  ['https://bank.com', 'bank.com/', NO_DOMAIN],
  ['https://bank.com', 'bank.com\\', NO_DOMAIN],
  ['https://bank.com', 'bank.com?x', NO_DOMAIN],
  ['https://bank.com', 'bank.com#x', NO_DOMAIN],
  ['https://bank.com', 'user@bank.com', NO_DOMAIN],
  ['https://bank.com', 'evil.com@bank.com', NO_DOMAIN],
  ['https://bank.com', 'bank%2ecom', NO_DOMAIN],
  ['https://bank.com', 'b%61nk.com', NO_DOMAIN],
  ['https://bank.com', 'ban\tk.com', NO_DOMAIN],
  ['https://bank.com', 'ban\nk.com', NO_DOMAIN],
  ['https://bank.com', ' bank.com', NO_DOMAIN],
  ['https://bank.com', 'bank.com ', NO_DOMAIN],
  ['https://bank.com', 'bank.com\0', NO_DOMAIN],
  ['https://bank.com', 'bank com', NO_DOMAIN],
  ['https://bank.com', '[bank.com]', NO_DOMAIN],
  ['https://bank.com', 'bank.com,evil.com', NO_DOMAIN],
  ['https://bank.com', '*.bank.com', NO_DOMAIN],
  ['https://bank.com', '-bank.com', NO_DOMAIN],
  ['https://bank.com', 'bank-.com', NO_DOMAIN],
  ['https://bank.com', 'ba_nk.com', NO_DOMAIN],
  ['https://bank.com', `${'a'.repeat(64)}.com`, NO_DOMAIN],
  ['https://bank.com', `${'a.'.repeat(126)}bank.com`, NO_DOMAIN],
  ['https://bank.com', 'xn--a.com', NOT_SUFFIX],

  ['https://bank.com', '192.168.0.1', '! ip-address'],
  ['https://bank.com', '127.1', '! ip-address'],
  ['https://bank.com', '0x7f000001', '! ip-address'],
  ['https://127.0.0.1', undefined, '! ip-address'],
  ['https://127.0.0.1', '127.0.0.1', '! ip-address'],
  ['http://127.0.0.1:5173', '127.0.0.1', '! ip-address'],
  ['http://127.0.0.1:5173', 'localhost', '! ip-address'],
  ['https://[::1]', 'localhost', '! ip-address'],
  ['https://[::1]:5173', undefined, '! ip-address'],
  ['http://[::ffff:127.0.0.1]', undefined, '! ip-address'],
  ['http://0.0.0.0:5173', 'localhost', '! ip-address'],
  ['http://2130706433', 'localhost', '! ip-address'],
  ['https://0x7f.1', undefined, '! ip-address'],
  ['https://192.168.0.1', '0.1', '! ip-address'],

  ['http://bank.com', 'bank.com', '! insecure-origin'],
  ['http://login.bank.com', 'bank.com', '! insecure-origin'],
  ['http://localhost.com', 'localhost.com', '! insecure-origin'],
  ['http://notlocalhost', 'notlocalhost', '! insecure-origin'],
  ['http://localhost.evil.site', 'localhost', '! insecure-origin'],
  ['http://intranet', 'intranet', '! insecure-origin'],

  ['https://bank.com.', 'bank.com', '! not-a-domain'],
  ['https://bank.com.', 'bank.com.', '! not-a-domain'],
  ['http://localhost.', 'localhost', '! not-a-domain'],
  ['http://localhost.:5173', undefined, '! not-a-domain'],
  ['https://ba_nk.com', undefined, '! not-a-domain'],
  ['https://-bank.com', undefined, '! not-a-domain'],
  ['https://*.bank.com', 'bank.com', '! not-a-domain'],
  ['https://bank..com', undefined, '! not-a-domain'],

  ['null', 'bank.com', '! opaque-origin'],
  ['', 'bank.com', NOT_ORIGIN],
  ['bank.com', 'bank.com', NOT_ORIGIN],
  ['//bank.com', 'bank.com', NOT_ORIGIN],
  ['https:bank.com', 'bank.com', NOT_ORIGIN],
  ['https:///bank.com', 'bank.com', NOT_ORIGIN],
  ['https://', 'bank.com', NOT_ORIGIN],
  ['https://bank.com/path', 'bank.com', NOT_ORIGIN],
  ['https://bank.com?x', 'bank.com', NOT_ORIGIN],
  ['https://bank.com#x', 'bank.com', NOT_ORIGIN],
  ['https://user@bank.com', 'bank.com', NOT_ORIGIN],
  ['https://user:pass@bank.com', 'bank.com', NOT_ORIGIN],
  ['https://@bank.com', 'bank.com', NOT_ORIGIN],
  ['https://bank.com\\.evil.site', 'evil.site', NOT_ORIGIN],
  ['https://bank.com:99999', 'bank.com', NOT_ORIGIN],
  ['https://bank.com:https', 'bank.com', NOT_ORIGIN],
  [' https://bank.com', 'bank.com', NOT_ORIGIN],
  ['https://ba nk.com', 'bank.com', NOT_ORIGIN],
  ['https://bank.com\n', 'bank.com', NOT_ORIGIN],
  ['https://bank.com, https://evil.site', 'bank.com', NOT_ORIGIN],
  ['file:///etc/passwd', undefined, NOT_ORIGIN],
  ['data:text/html,x', undefined, NOT_ORIGIN],
  ['about:blank', undefined, NOT_ORIGIN],
  ['javascript:alert(1)', undefined, NOT_ORIGIN],
  ['blob:https://bank.com/1', 'bank.com', NOT_ORIGIN],
  ['ftp://bank.com', 'bank.com', NOT_ORIGIN],
  ['ws://localhost:5173', 'localhost', NOT_ORIGIN],
  ['chrome-extension://abcdefghijklmnop', undefined, NOT_ORIGIN],
  ['app://latchkey', undefined, NOT_ORIGIN],
];

describe('determineRpId', () => {
  it.each(ALLOWED)('lets %s claim %s as %s', (origin, rpId, outcome) => {
    expect(claim(origin, rpId)).toBe(outcome);
  });

  it.each(REFUSED)('refuses %s the RP ID %j: %s', (origin, rpId, outcome) => {
    expect(claim(origin, rpId)).toBe(outcome);
  });

  it('is tried with more than 150 pairs', () => {
    expect(ALLOWED.length + REFUSED.length).toBeGreaterThanOrEqual(150);
  });
});

describe('parseCallerOrigin', () => {
  it.each([
    ['https://LOGIN.Bank.COM:443', 'https://login.bank.com'],
    ['https://bücher.example/', 'https://xn--bcher-kva.example'],
    ['http://bank.localhost:5173', 'http://bank.localhost:5173'],
    ['http://localhost:80', 'http://localhost'],
  ])('serialises %s as %s', (text, serialized) => {
    expect(parseCallerOrigin(text).serialized).toBe(serialized);
  });
});

describe('registrableDomain', () => {
  it.each([
    ['login.bank.co.uk', 'bank.co.uk'],
    ['bank.com', 'bank.com'],
    ['x.anna.github.io', 'anna.github.io'],
    ['github.io', 'github.io'],
    ['login.bank.localhost', 'bank.localhost'],
    ['localhost', 'localhost'],
    ['intranet', 'intranet'],
  ])('finds in %s the part %s', (rpId, expected) => {
    expect(registrableDomain(rpId)).toBe(expected);
  });
});

const psl = readVectors('psl', 'tests.txt');

describe.skipIf(psl === null)(`the public suffix list's own tests (or: ${NOT_PRESENT})`, () => {
  const cases = (psl ?? '')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('//'))
    .flatMap((line) => {
      const [name = '', expected = ''] = line.split(' ');
      return name === 'null' || name.startsWith('.') ? [] : [{ name, expected }];
    });

  it('agrees on the registrable domain, and lets a subdomain claim it but not the suffix above', () => {
    const wrong = cases.filter(({ name, expected }) => {
      const ascii = domainToASCII(name);
      if (expected === 'null') {
        // A public suffix: a name under it may not claim it.
        return claim(`https://some.${ascii}`, name) !== PUBLIC;
      }
      const domain = domainToASCII(expected);
      const above = domain.slice(domain.indexOf('.') + 1);
      return (
        registrableDomain(ascii) !== domain ||
        claim(`https://${name}`, expected) !== domain ||
        claim(`https://sub.${name}`, expected) !== domain ||
        claim(`https://${name}`, above) !== PUBLIC
      );
    });
    expect(wrong).toEqual([]);
    expect(cases.length).toBeGreaterThan(70);
  });
});
