// SPDX-License-Identifier: MIT

import { createPrivateKey } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { SecretBytes } from '../../../src/main/crypto/secret-bytes.ts';
import { parseSshPrivateKey } from '../../../src/main/ssh/parse-ssh-private-key.ts';
import { toPkcs8Pem } from '../../../src/main/ssh/ssh-key.ts';
import { flipInPlace } from '../../support/flipped-bits.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { PASSPHRASE, VECTORS, vectorText, type SshVector } from './ssh-key-vectors.ts';
import { bodyOf, contentOf, identityOf, openssh, parse, pem, refusalOf } from './ssh-world.ts';

const encrypted = VECTORS.filter((vector) => vector.isEncrypted);
const row = (vector: SshVector): [string, SshVector] => [vector.name, vector];
const ED25519 = vectorText('Ed25519, OpenSSH');

describe('parseSshPrivateKey', () => {
  it.each(VECTORS.map(row))('reads %s', async (_, { text, key, isEncrypted, hasComment }) => {
    const parsed = await parse(text, isEncrypted ? PASSPHRASE : null);
    const comment = hasComment ? 'own@vector' : '';
    const [type, base64] = key.publicKey.split(' ');
    expect(parsed).toEqual({
      keyType: key.keyType,
      bits: key.bits,
      fingerprint: key.fingerprint,
      comment,
      publicKey: [type, base64, comment].join(' ').trim(),
      privateKey: expect.stringMatching(/^-----BEGIN OPENSSH PRIVATE KEY-----\n/) as string,
    });
  });

  it('gives one private key, whatever file it came in', async () => {
    const byFingerprint = new Map<string, Set<string>>();
    for (const { text, key, isEncrypted } of VECTORS) {
      const parsed = await parse(text, isEncrypted ? PASSPHRASE : null);
      const seen = byFingerprint.get(key.fingerprint) ?? new Set();
      byFingerprint.set(key.fingerprint, seen.add(toPkcs8Pem(parsed.privateKey)));
    }
    expect([...byFingerprint.values()].map((keys) => keys.size)).toEqual([1, 1, 1, 1, 1]);
  });

  it('reads what it wrote, and writes the same again but for the check numbers', async () => {
    for (const { text } of VECTORS.filter((vector) => !vector.isEncrypted)) {
      const once = await parse(text);
      expect(await parse(once.privateKey)).toEqual(once);
    }
  });

  it('does not look at a passphrase that nothing asks for', async () => {
    expect(identityOf(await parse(ED25519, 'anything'))).toBe(identityOf(await parse(ED25519)));
  });

  it.each(encrypted.map(row))('asks for the passphrase of %s', async (_, { text }) => {
    expect(await refusalOf(text)).toBe('ssh/passphrase-needed');
    expect(await refusalOf(text, '')).toBe('ssh/passphrase-needed');
  });

  it.each(encrypted.map(row))('refuses another passphrase for %s', async (_, { text }) => {
    for (const wrong of ['open sesam', 'open sesame ', 'Open sesame']) {
      expect(await refusalOf(text, wrong)).toBe('ssh/wrong-passphrase');
    }
  });

  it('finds changes of a key under GCM, with the right passphrase', async () => {
    const body = bodyOf(vectorText('Ed25519, OpenSSH, aes256-gcm'));
    for (const index of [-1, -16, -17, -80]) {
      const changed = Uint8Array.from(body);
      flipInPlace(changed, body.length + index);
      const text = pem('OPENSSH PRIVATE KEY', changed);
      expect(await refusalOf(text, PASSPHRASE)).toBe('ssh/wrong-passphrase');
    }
  });

  it.each([
    ['Windows line endings', ED25519.replaceAll('\n', '\r\n')],
    ['no line end at the end', ED25519.trimEnd()],
    ['blank lines around', `\n\r\n  \n${ED25519}\n\n\t\n`],
    ['indented lines', ED25519.replaceAll(/^/gm, '    ')],
    ['a byte order mark', `\ufeff${ED25519}`],
    ['lines of 64 characters', rewrapped(64)],
    ['one long line', rewrapped(100_000)],
  ])('takes %s', async (_, text) => {
    expect(identityOf(await parse(text))).toBe(identityOf(await parse(ED25519)));
  });

  it('takes a whole block of padding, as some programs write it', async () => {
    const comment = Buffer.from('five!');
    const padding = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    const whole = contentOf({ comment, padding });
    expect(whole.length % 8).toBe(0);
    expect((await parse(openssh({ content: whole }))).comment).toBe('five!');
  });

  it('takes the block with the name of the curve that OpenSSL puts before a key', async () => {
    const parameters =
      '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n';
    const text = vectorText('P-256, SEC 1');
    expect(identityOf(await parse(parameters + text))).toBe(identityOf(await parse(text)));
  });

  it('keeps the length of a scalar with zeros in front', async () => {
    const one = Buffer.concat([Buffer.alloc(31), Buffer.of(1)]);
    const curve = Buffer.from('a00a06082a8648ce3d030107', 'hex');
    const body = Buffer.concat([Buffer.from('30310201010420', 'hex'), one, curve]);
    const key = await parse(pem('EC PRIVATE KEY', body));
    // The base point of the curve (SP 800-186, section 3.2.1.3).
    const base = '6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296';
    expect(Buffer.from(key.publicKey.split(' ')[1] ?? '', 'base64').toString('hex')).toContain(
      base,
    );
    expect(identityOf(await parse(key.privateKey))).toBe(identityOf(key));
    expect(toPkcs8Pem(key.privateKey)).toBe(
      createPrivateKey(toPkcs8Pem(key.privateKey)).export({ format: 'pem', type: 'pkcs8' }),
    );
  });

  it('makes one line of any comment', async () => {
    const commentOf = async (comment: Uint8Array): Promise<string> =>
      (await parse(openssh({ content: contentOf({ comment }) }))).comment;
    expect(await commentOf(Buffer.from(' a\nssh-rsa AAAA\r\u2028\0b\t'))).toBe('a ssh-rsa AAAA b');
    expect(await commentOf(Buffer.from([0x61, 0xff, 0x62]))).toBe('a\ufffdb');
    expect(await commentOf(Buffer.from('ключ \u{1f511}'))).toBe('ключ \u{1f511}');
    expect(await commentOf(Buffer.alloc(5000, 'x'))).toBe('x'.repeat(1024));
  });

  it('leaves its arguments as they are', async () => {
    const text = new Uint8Array(Buffer.from(vectorText('Ed25519, OpenSSH, aes256-ctr')));
    const before = Uint8Array.from(text);
    using passphrase = SecretBytes.take(Buffer.from(PASSPHRASE));
    await parseSshPrivateKey(text, passphrase, { random: seededRandom('a') });
    expect(text).toEqual(before);
    expect(passphrase.use((bytes) => Buffer.from(bytes).toString())).toBe(PASSPHRASE);
  });

  it('ends the stretching of a passphrase when it is called off', async () => {
    const stopping = new AbortController();
    const text = new Uint8Array(Buffer.from(vectorText('Ed25519, OpenSSH, aes256-ctr')));
    const parsing = parseSshPrivateKey(text, SecretBytes.take(Buffer.from(PASSPHRASE)), {
      random: seededRandom('a'),
      signal: stopping.signal,
    });
    const reason = new Error('called off');
    stopping.abort(reason);
    await expect(parsing).rejects.toBe(reason);
  });

  it('says nothing of the key in its errors', async () => {
    for (const { name, text } of VECTORS) {
      const lines = text.split('\n').filter((line) => /^[A-Za-z0-9+/=]+$/.test(line));
      const last = lines.at(-1) ?? '';
      for (const changed of [`!${last}`, last.slice(4), `AAAA${last}`]) {
        const refused = parse(text.replace(last, changed), PASSPHRASE);
        const said = inspect(await refused.catch((error: unknown) => error), { depth: 10 });
        expect(said).toContain('SshKeyError');
        expect([name, lines.filter((line) => said.includes(line.slice(0, 12)))]).toEqual([
          name,
          [],
        ]);
      }
    }
  });
});

function rewrapped(width: number): string {
  const [begin = '', ...rest] = ED25519.trimEnd().split('\n');
  const end = rest.pop() ?? '';
  const lines = rest.join('').match(new RegExp(`.{1,${String(width)}}`, 'g')) ?? [];
  return [begin, ...lines, end, ''].join('\n');
}
