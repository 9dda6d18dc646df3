// SPDX-License-Identifier: MIT

import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { generateSshKey } from '../../../src/main/ssh/generate-ssh-key.ts';
import { SshKeyError } from '../../../src/main/ssh/ssh-key-error.ts';
import { toPkcs8Pem } from '../../../src/main/ssh/ssh-key.ts';
import { RSA_KEY_BITS, type SshKeyRequest } from '../../../src/shared/model/ssh.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { PASSPHRASE, VECTORS, vectorText } from './ssh-key-vectors.ts';
import { bodyOf, identityOf, parse, PUBLIC_KEY, SEED } from './ssh-world.ts';

const REQUESTS: readonly SshKeyRequest[] = [
  { type: 'ed25519' },
  ...RSA_KEY_BITS.map((bits) => ({ type: 'rsa' as const, bits })),
];

describe('generateSshKey', () => {
  it.each(REQUESTS)('makes a key that is read back: %o', async (request) => {
    const key = await generateSshKey(request, 'me@here', seededRandom('a'));
    expect(key.keyType).toBe(`ssh-${request.type}`);
    expect(key.bits).toBe(request.type === 'rsa' ? request.bits : 256);
    expect(key.publicKey).toMatch(/^ssh-(ed25519|rsa) [A-Za-z0-9+/]+=* me@here$/);
    expect(key.fingerprint).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
    expect(await parse(key.privateKey)).toEqual({
      ...key,
      privateKey: expect.any(String) as string,
    });
    expect(identityOf(await parse(key.privateKey))).toBe(identityOf(key));
  });

  it('takes the seed of Ed25519 from the randomness given', async () => {
    const make = async (seed: string): Promise<string> =>
      (await generateSshKey({ type: 'ed25519' }, '', seededRandom(seed))).privateKey;
    expect(await make('a')).toBe(await make('a'));
    expect(await make('a')).not.toBe(await make('b'));
  });

  it('makes the known public key of a known seed', async () => {
    const handed: Uint8Array[] = [];
    const random = {
      bytes(length: number): Uint8Array<ArrayBuffer> {
        const bytes = Uint8Array.from(length === 32 ? SEED : Buffer.alloc(length));
        handed.push(bytes);
        return bytes;
      },
    };
    const key = await generateSshKey({ type: 'ed25519' }, '', random);
    expect(Buffer.from(key.publicKey.split(' ')[1] ?? '', 'base64').subarray(-32)).toEqual(
      PUBLIC_KEY,
    );
    expect(handed[0]).toEqual(new Uint8Array(32));
  });

  it.each(VECTORS.filter(({ name }) => name.endsWith(', OpenSSH')).map(({ name }) => name))(
    'writes what ssh-keygen writes but for the check numbers: %s',
    async (name) => {
      const text = vectorText(name);
      const theirs = bodyOf(text);
      const ours = bodyOf((await parse(text)).privateKey);
      // The check numbers stand before the type's second mention.
      const type = theirs.subarray(43, 47 + theirs.readUInt32BE(43));
      const checksAt = theirs.lastIndexOf(type) - 8;
      const random = Buffer.from(seededRandom('ssh').bytes(4));
      expect(ours.subarray(checksAt, checksAt + 8)).toEqual(Buffer.concat([random, random]));
      theirs.copy(ours, checksAt, checksAt, checksAt + 8);
      expect(ours).toEqual(theirs);
    },
  );

  it.each([
    ['', ''],
    ['  a  b ', 'a  b'],
    ['a\nb', 'a b'],
    ['\u2028', ''],
    ['\ud800x', '\ufffdx'],
    ['x'.repeat(2000), 'x'.repeat(1024)],
  ])('makes one line of the comment %j', async (comment, line) => {
    const key = await generateSshKey({ type: 'ed25519' }, comment, seededRandom('a'));
    expect(key.comment).toBe(line);
    expect(key.publicKey.split(' ').slice(2).join(' ')).toBe(line);
    expect((await parse(key.privateKey)).comment).toBe(line);
  });

  it('writes lines of 70 characters, as OpenSSH does', async () => {
    const { privateKey } = await generateSshKey({ type: 'ed25519' }, 'x', seededRandom('a'));
    const lines = privateKey.split('\n');
    expect(lines[0]).toBe('-----BEGIN OPENSSH PRIVATE KEY-----');
    expect(lines.slice(1, -3).every((line) => line.length === 70)).toBe(true);
    expect(lines.slice(-2)).toEqual(['-----END OPENSSH PRIVATE KEY-----', '']);
  });
});

describe('toPkcs8Pem', () => {
  it.each(VECTORS.map((vector) => [vector.name, vector] as const))(
    'gives %s as a key that signs',
    async (_, { text, isEncrypted }) => {
      const key = await parse(text, isEncrypted ? PASSPHRASE : null);
      const privateKey = createPrivateKey(toPkcs8Pem(key.privateKey));
      const digest = key.keyType === 'ssh-ed25519' ? null : 'sha256';
      const message = Buffer.from('message');
      const signature = sign(digest, message, privateKey);
      expect(verify(digest, message, createPublicKey(privateKey), signature)).toBe(true);
    },
  );

  it('writes what OpenSSL writes', async () => {
    for (const name of ['Ed25519, PKCS#8', 'RSA, PKCS#8', 'P-521, PKCS#8']) {
      const text = vectorText(name);
      expect(toPkcs8Pem((await parse(text)).privateKey)).toBe(text);
    }
  });

  it.each([
    ['nothing', ''],
    ['other text', 'x'],
    ['PKCS#8', vectorText('Ed25519, PKCS#8')],
    ['an encrypted key', vectorText('Ed25519, OpenSSH, aes256-ctr')],
    ['two keys', vectorText('Ed25519, OpenSSH').repeat(2)],
    ['half a key', vectorText('Ed25519, OpenSSH').slice(0, 200)],
  ])('refuses %s', (_, text) => {
    expect(() => toPkcs8Pem(text)).toThrow(SshKeyError);
  });
});
