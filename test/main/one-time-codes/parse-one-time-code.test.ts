// Key URIs and secrets as sites and other programs write them, and everything that is not one.
// SPDX-License-Identifier: MIT

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkOneTimeCode } from '../../../src/main/one-time-codes/check-one-time-code.ts';
import { OneTimeCodeError } from '../../../src/main/one-time-codes/one-time-code-error.ts';
import { parseOneTimeCode } from '../../../src/main/one-time-codes/parse-one-time-code.ts';
import type { OneTimeCode } from '../../../src/shared/model/one-time-code.ts';
import { hotpCode, mangled, refusalOf, SECRET, steam, totp } from './one-time-code-fixtures.ts';

const uri = (rest: string) => `otpauth://totp/${rest}`;
const S = `secret=${SECRET}`;

describe('parseOneTimeCode, from a secret', () => {
  it.each([
    ['as it is', 'JBSWY3DPEHPK3PXP'],
    ['in lower case', 'jbswy3dpehpk3pxp'],
    ['in groups', 'jbsw y3dp ehpk 3pxp'],
    ['with dashes', 'JBSW-Y3DP-EHPK-3PXP'],
    ['with line breaks and other blanks', '\n JBSW\u00a0Y3DP\tEHPK\r\n3PXP \n'],
    ['with padding', 'JBSWY3DPEHPK3PXP===='],
    ['with padding in groups', 'JBSW Y3DP EHPK 3PXP =='],
    ['with a character too many, which fills no byte', 'JBSWY3DPEHPK3PXPA'],
  ])('reads it %s', (_, text) => {
    expect(parseOneTimeCode(text)).toEqual(totp());
  });

  it('keeps a secret whose characters fill no whole number of bytes in its canonical form', () => {
    expect(parseOneTimeCode('ABCDEFGHIJ').secret).toBe('ABCDEFGHII');
    expect(parseOneTimeCode('ABCDEFGHIJK').secret).toBe('ABCDEFGHII');
    expect(parseOneTimeCode('AB').secret).toBe('AA');
  });

  it('reads the longest', () => {
    expect(parseOneTimeCode('A'.repeat(1024)).secret).toHaveLength(1024);
  });

  it('takes hexadecimal for base32 where it is base32, and never for hexadecimal', () => {
    expect(parseOneTimeCode('deadbeef').secret).toBe('DEADBEEF');
  });
});

describe('parseOneTimeCode, from a URI', () => {
  it.each<[string, string, OneTimeCode]>([
    [
      'the example of the format',
      'otpauth://totp/Example:alice@google.com?secret=JBSWY3DPEHPK3PXP&issuer=Example',
      totp({ issuer: 'Example', account: 'alice@google.com' }),
    ],
    [
      'every parameter',
      'otpauth://totp/ACME%20Co:john.doe@email.com?secret=HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ&issuer=ACME%20Co&algorithm=SHA1&digits=6&period=30',
      totp({
        secret: 'HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ',
        issuer: 'ACME Co',
        account: 'john.doe@email.com',
      }),
    ],
    [
      'other values than usual',
      uri(`a?${S}&algorithm=SHA512&digits=10&period=86400`),
      totp({ account: 'a', algorithm: 'SHA-512', digits: 10, period: 86_400 }),
    ],
    ['HOTP', `otpauth://hotp/a?${S}&counter=0`, hotpCode({ account: 'a' })],
    [
      'HOTP with the last counter and a period that means nothing',
      `otpauth://hotp/a?${S}&counter=9007199254740991&period=none`,
      hotpCode({ account: 'a', counter: Number.MAX_SAFE_INTEGER }),
    ],
    ['TOTP with a counter that means nothing', uri(`?${S}&counter=x`), totp()],
    [
      'scheme, type and names in capitals',
      `OTPAUTH://TOTP/?SECRET=${SECRET}&DIGITS=8`,
      totp({ digits: 8 }),
    ],
    ['no label', `otpauth://totp?${S}`, totp()],
    ['an empty label', uri(`?${S}`), totp()],
    ['an issuer alone', uri(`?${S}&issuer=Example`), totp({ issuer: 'Example' })],
    [
      'an issuer in the label alone',
      uri(`Example:a?${S}`),
      totp({ issuer: 'Example', account: 'a' }),
    ],
    [
      'an empty issuer beside one in the label',
      uri(`E:a?${S}&issuer=`),
      totp({ issuer: 'E', account: 'a' }),
    ],
    [
      'an encoded colon and blanks behind it',
      uri(`E%3A%20%20a?${S}`),
      totp({ issuer: 'E', account: 'a' }),
    ],
    [
      'an issuer of other case in the label',
      uri(`EXAMPLE:a?${S}&issuer=Example`),
      totp({ issuer: 'Example', account: 'a' }),
    ],
    [
      'a tenant where the issuer stands',
      uri(`Contoso:a@b.c?${S}&issuer=Microsoft`),
      totp({ issuer: 'Microsoft', account: 'Contoso:a@b.c' }),
    ],
    ['a second colon', uri(`E:a:b?${S}`), totp({ issuer: 'E', account: 'a:b' })],
    ['nothing before the colon', uri(`:a:b?${S}`), totp({ account: 'a:b' })],
    ['nothing behind the colon', uri(`E:?${S}`), totp({ issuer: 'E' })],
    [
      'a plus sign of an address',
      uri(`me+x@example.com?${S}`),
      totp({ account: 'me+x@example.com' }),
    ],
    ['an encoded plus sign', uri(`?${S}&issuer=C%2B%2B`), totp({ issuer: 'C++' })],
    [
      'plus signs for blanks',
      uri(`?secret=JBSW+Y3DP+EHPK+3PXP&issuer=Big+Corp`),
      totp({ issuer: 'Big Corp' }),
    ],
    ['percent-encoded UTF-8', uri(`%C3%9Cber%20%F0%9F%94%91?${S}`), totp({ account: 'Über 🔑' })],
    [
      'raw blanks and UTF-8',
      uri(`Über uns:ä b?${S}`),
      totp({ issuer: 'Über uns', account: 'ä b' }),
    ],
    ['slashes in the label', uri(`a/b/c?${S}`), totp({ account: 'a/b/c' })],
    ['blanks around', `  ${uri(`a?${S}`)}\n`, totp({ account: 'a' })],
    ['a secret that is padded and in lower case', uri('?secret=jbswy3dpehpk3pxp%3D%3D'), totp()],
    ['raw padding', uri('?secret=JBSWY3DPEHPK3PXP=='), totp()],
    ['unknown parameters, also twice', uri(`?image=x&${S}&image=y&&lock&=`), totp()],
    ['parameters in another order', uri(`?digits=7&${S}`), totp({ digits: 7 })],
    ['leading zeros', uri(`?${S}&digits=08&period=0060`), totp({ digits: 8, period: 60 })],
    ['a fragment', uri(`?${S}#digits=9`), totp()],
    ['a question mark in a value', uri(`?issuer=why?&${S}`), totp({ issuer: 'why?' })],
  ])('reads %s', (_, text, code) => {
    expect(parseOneTimeCode(text)).toEqual(code);
  });

  it.each([
    ['SHA-1', ['SHA1', 'sha1', 'SHA-1', 'sha_1', 'HmacSHA1', 'HMAC-SHA-1', 'hmac_sha1']],
    ['SHA-256', ['SHA256', 'sha-256', 'HmacSHA256', 'hmac-sha256']],
    ['SHA-512', ['SHA512', 'Sha512', 'SHA-512', 'HMACSHA512']],
  ])('knows %s by its names', (algorithm, names) => {
    const read = names.map((name) => parseOneTimeCode(uri(`?${S}&algorithm=${name}`)).algorithm);
    expect(new Set(read)).toEqual(new Set([algorithm]));
  });
});

describe('parseOneTimeCode, of Steam Guard', () => {
  const named = steam({ issuer: 'Steam', account: 'gaben' });

  it.each<[string, string, OneTimeCode]>([
    ['the issuer of TOTP', uri(`Steam:gaben?${S}&issuer=Steam`), named],
    ['the issuer in the label alone', uri(`Steam:gaben?${S}`), named],
    [
      'TOTP that says five digits',
      uri(`Steam:gaben?${S}&digits=5&period=30&algorithm=SHA1`),
      named,
    ],
    ['a type of its own', `otpauth://steam/Steam:gaben?${S}`, named],
    ['an encoder', uri(`gaben?${S}&issuer=Steam&digits=5&encoder=steam`), named],
    [
      'an encoder and another issuer (KeePassXC, tests/TestTotp.cpp)',
      uri(
        'test:test@example.com?secret=63BEDWCQZKTQWPESARIERL5DTTQFCJTK&issuer=Valve&algorithm=SHA1&digits=5&period=30&encoder=steam',
      ),
      steam({
        secret: '63BEDWCQZKTQWPESARIERL5DTTQFCJTK',
        issuer: 'Valve',
        account: 'test:test@example.com',
      }),
    ],
    ['a scheme of its own', `steam://${SECRET}`, steam({ issuer: 'Steam' })],
    ['a scheme of its own, in groups', `STEAM://jbsw y3dp-ehpk 3pxp==`, steam({ issuer: 'Steam' })],
  ])('knows it by %s', (_, text, code) => {
    expect(parseOneTimeCode(text)).toEqual(code);
  });

  it('leaves a code of that issuer alone that asks for something else', () => {
    const six = parseOneTimeCode(uri(`Steam:gaben?${S}&digits=6`));
    expect(six).toEqual(totp({ issuer: 'Steam', account: 'gaben' }));
    expect(parseOneTimeCode(uri(`Steam:?${S}&algorithm=SHA256`)).type).toBe('totp');
    expect(parseOneTimeCode(uri(`Steam:?${S}&period=60`)).type).toBe('totp');
    expect(parseOneTimeCode(uri(`Steamboat:?${S}`)).type).toBe('totp');
    expect(parseOneTimeCode(`otpauth://hotp/Steam:?${S}&counter=1`).type).toBe('hotp');
  });
});

const WRONG: readonly (readonly [what: string, text: string, reason: string])[] = [
  ['nothing', '', 'secret'],
  ['blanks', ' \n\t ', 'secret'],
  ['padding alone', '====', 'secret'],
  ['one character, less than a byte', 'A', 'secret'],
  ['the digit 1', 'JBSWY3DPEHPK3PX1', 'secret'],
  ['the digit 0', 'JBSWY3DPEHPK3PX0', 'secret'],
  ['the digit 8', 'JBSWY3DPEHPK3PX8', 'secret'],
  ['hexadecimal', '48656c6c6f21deadbeef', 'secret'],
  ['base64', 'SGVsbG8h3q2+7w==', 'secret'],
  ['a code in place of the secret', '123456', 'secret'],
  ['padding in the middle', 'JBSW====Y3DPEHPK', 'secret'],
  ['too much padding', 'JBSWY3DP=======', 'secret'],
  ['a letter that only becomes I in capitals', 'jbswy3dpehpk3pxpı', 'secret'],
  ['a letter that only becomes S in capitals', 'jbſwy3dpehpk3pxp', 'secret'],
  ['full-width letters', 'ＪＢＳＷＹ３ＤＰ', 'secret'],
  ['a zero-width space', 'JBSW\u200bY3DP', 'secret'],
  ['a NUL', 'JBSW\0Y3DP', 'secret'],
  ['a dash that is none of ASCII', 'JBSW–Y3DP', 'secret'],
  ['a secret that is too long', 'A'.repeat(1025), 'secret'],
  ['a text that is too long', 'A'.repeat(40_000), 'uri'],
  ['a sentence', 'my secret is: JBSWY3DP', 'uri'],
  ['a web address', `https://example.com/?${S}`, 'uri'],
  ['another scheme', `otpauths://totp/a?${S}`, 'uri'],
  ['a scheme without slashes', `otpauth:totp/a?${S}`, 'uri'],
  ['something before the scheme', `x otpauth://totp/a?${S}`, 'uri'],
  ['a QR code of Wi-Fi', 'WIFI:S:home;T:WPA;P:JBSWY3DP;;', 'uri'],
  ['a scheme alone', 'otpauth://', 'type'],
  ['no type', `otpauth:///a?${S}`, 'type'],
  ['a type that we do not know', `otpauth://motp/a?${S}`, 'type'],
  ['a type with an end', `otpauth://totp2/a?${S}`, 'type'],
  ['an encoder that we do not know', uri(`a?${S}&encoder=yandex`), 'type'],
  ['an empty encoder', uri(`a?${S}&encoder=`), 'type'],
  ['Steam by counter', `otpauth://hotp/a?${S}&counter=1&encoder=steam`, 'type'],
  ['no parameters', uri('a'), 'secret'],
  ['no secret', uri('a?issuer=E'), 'secret'],
  ['an empty secret', uri('a?secret=&issuer=E'), 'secret'],
  ['a secret without a value', uri('a?secret'), 'secret'],
  ['a secret that is not base32', uri('a?secret=JBSWY3D1'), 'secret'],
  ['a secret behind the fragment', uri(`a#?${S}`), 'secret'],
  ['a secret that is too long in a URI', uri(`a?secret=${'A'.repeat(1025)}`), 'secret'],
  ['two secrets', uri(`a?${S}&${S}`), 'uri'],
  ['two secrets, one in capitals', uri(`a?${S}&SECRET=AAAA`), 'uri'],
  ['two issuers', uri(`a?${S}&issuer=A&issuer=B`), 'uri'],
  ['two periods', uri(`a?${S}&period=30&period=60`), 'uri'],
  ['a cut percent sign in the label', uri(`100%?${S}`), 'uri'],
  ['bytes that are not UTF-8 in the label', uri(`%FF%FE?${S}`), 'uri'],
  ['bytes that are not UTF-8 in the issuer', uri(`a?${S}&issuer=%C3`), 'uri'],
  ['an overlong encoding', uri(`a?${S}&issuer=%C0%AF`), 'uri'],
  ['an encoded surrogate', uri(`%ED%A0%80?${S}`), 'uri'],
  ['a bare surrogate', uri(`\ud83d?${S}`), 'uri'],
  ['a control character in the label', uri(`a%00b?${S}`), 'uri'],
  ['a line break in the issuer', uri(`a?${S}&issuer=a%0Ab`), 'uri'],
  ['an account that is too long', uri(`${'a'.repeat(1025)}?${S}`), 'uri'],
  ['an issuer that is too long', uri(`?${S}&issuer=${'a'.repeat(1025)}`), 'uri'],
  ['MD5', uri(`a?${S}&algorithm=MD5`), 'algorithm'],
  ['SHA-224', uri(`a?${S}&algorithm=SHA224`), 'algorithm'],
  ['SHA-3', uri(`a?${S}&algorithm=SHA3-256`), 'algorithm'],
  ['an empty algorithm', uri(`a?${S}&algorithm=`), 'algorithm'],
  ['a name of every object as algorithm', uri(`a?${S}&algorithm=constructor`), 'algorithm'],
  ['Steam with SHA-256', `otpauth://steam/a?${S}&algorithm=SHA256`, 'algorithm'],
  ['five digits', uri(`a?${S}&digits=5`), 'digits'],
  ['eleven digits', uri(`a?${S}&digits=11`), 'digits'],
  ['digits in words', uri(`a?${S}&digits=six`), 'digits'],
  ['no digits', uri(`a?${S}&digits=`), 'digits'],
  ['digits with a sign', uri(`a?${S}&digits=%2B6`), 'digits'],
  ['digits with a fraction', uri(`a?${S}&digits=6.0`), 'digits'],
  ['digits with an exponent', uri(`a?${S}&digits=6e0`), 'digits'],
  ['digits of another script', uri(`a?${S}&digits=٨`), 'digits'],
  ['hexadecimal digits', uri(`a?${S}&digits=0x6`), 'digits'],
  ['Steam with six digits', uri(`a?${S}&digits=6&encoder=steam`), 'digits'],
  ['a period of nothing', uri(`a?${S}&period=0`), 'period'],
  ['a negative period', uri(`a?${S}&period=-30`), 'period'],
  ['a period of more than a day', uri(`a?${S}&period=86401`), 'period'],
  ['a period without end', uri(`a?${S}&period=${'9'.repeat(400)}`), 'period'],
  ['a period with its unit', uri(`a?${S}&period=30s`), 'period'],
  ['Steam with a minute', `otpauth://steam/a?${S}&period=60`, 'period'],
  ['HOTP without a counter', `otpauth://hotp/a?${S}`, 'counter'],
  ['HOTP with an empty counter', `otpauth://hotp/a?${S}&counter=`, 'counter'],
  ['a negative counter', `otpauth://hotp/a?${S}&counter=-1`, 'counter'],
  ['a counter that a double rounds', `otpauth://hotp/a?${S}&counter=9007199254740992`, 'counter'],
  ['a counter without end', `otpauth://hotp/a?${S}&counter=${'9'.repeat(17)}`, 'counter'],
  ['Steam without a secret', 'steam://', 'secret'],
  ['a game of Steam', 'steam://run/440', 'secret'],
  ['Steam with parameters', `steam://${SECRET}?digits=5`, 'secret'],
  ['Steam without slashes', `steam:${SECRET}`, 'uri'],
  ['an export of Google Authenticator', 'otpauth-migration://offline?data=CgA%3D', 'migration'],
];

describe('parseOneTimeCode, of anything else', () => {
  it.each(WRONG)('refuses %s', (_, text, reason) => {
    expect(refusalOf(() => parseOneTimeCode(text)).reason).toBe(reason);
  });

  it('never repeats in its errors what it was given', () => {
    for (const [, text] of WRONG) {
      const planted = `canary${text.slice(0, 1000)}`;
      for (const given of [text, planted, uri(`${planted}?secret=canary1&issuer=canary%FF`)]) {
        const { printed } = outcome(given);
        expect(printed).not.toContain('canary');
        if (given.length > 9) expect(printed).not.toContain(given);
      }
    }
  });

  const parts = fc.constantFrom(
    ...['otpauth', 'steam', '://', 'totp', 'hotp', '/', '?', '&', '=', '#', '%', '%3A', ':'],
    ...['secret', 'issuer', 'digits', 'period', 'counter', 'algorithm', 'encoder', SECRET],
    ...['6', '30', '-1', 'SHA1', '+', ' ', '\ud800', '%C3', '\0'],
  );

  it.each<[string, fc.Arbitrary<string>]>([
    ['any text', fc.string({ unit: 'binary', maxLength: 200 })],
    ['any broken UTF-16', fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units))],
    ['pieces of URIs', fc.array(parts, { maxLength: 30 }).map((pieces) => pieces.join(''))],
    [
      'a URI with faults',
      mangled(uri(`E%20x:a@b.c?${S}&issuer=E%20x&algorithm=SHA256&digits=8&period=60`)),
    ],
    ['a counter with faults', mangled(`otpauth://hotp/E:a?${S}&counter=42`)],
    ['a Steam URI with faults', mangled(uri(`Steam:a?${S}&issuer=Steam&digits=5&encoder=steam`))],
    ['a secret with faults', mangled('jbsw y3dp-ehpk 3pxp====')],
  ])('answers %s with a sound code or a typed error', (_, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        const { code } = outcome(text);
        if (code !== null) expect(checkOneTimeCode(code)).toBe(code);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['blanks', ' '.repeat(10_000_000)],
    ['dashes and blanks', 'A- '.repeat(10_000)],
    ['ampersands', uri(`?${'&'.repeat(32_000)}`)],
    ['percent signs', uri(`?${S}&issuer=${'%41'.repeat(10_000)}`)],
    ['colons', uri(`${':'.repeat(32_000)}?${S}`)],
    ['padding', `${'='.repeat(32_000)}A`],
  ])('is quick with many %s', (_, text) => {
    const start = performance.now();
    outcome(text);
    expect(performance.now() - start).toBeLessThan(200);
  });
});

/** The code, or what is printed of the typed error; anything else is thrown on. */
function outcome(text: string): { code: OneTimeCode | null; printed: string } {
  try {
    return { code: parseOneTimeCode(text), printed: '' };
  } catch (error) {
    if (!(error instanceof OneTimeCodeError)) throw error;
    return { code: null, printed: `${error.message}\n${error.stack ?? ''}` };
  }
}
