// OpenSSH itself as the judge: the keys that it makes are read to what it says of them, and it takes those that we make.
// SPDX-License-Identifier: MIT

import { execFileSync, spawnSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemRandom } from '../../../src/main/crypto/random.ts';
import { generateSshKey } from '../../../src/main/ssh/generate-ssh-key.ts';
import { toPkcs8Pem, type SshKey } from '../../../src/main/ssh/ssh-key.ts';
import type { SshKeyRequest } from '../../../src/shared/model/ssh.ts';
import { PASSPHRASE, VECTORS } from './ssh-key-vectors.ts';
import { identityOf, parse, refusalOf } from './ssh-world.ts';

const isPresent = spawnSync('ssh-keygen', ['-?']).error === undefined;
const title = isPresent ? 'ssh-keygen' : 'ssh-keygen (skipped: ssh-keygen not present)';

const TYPES = [
  ['ed25519', 256],
  ['rsa', 1024],
  ['rsa', 2048],
  ['rsa', 3072],
  ['ecdsa', 256],
  ['ecdsa', 384],
  ['ecdsa', 521],
] as const;

const CIPHERS = [
  'aes256-ctr',
  'aes256-cbc',
  'aes256-gcm@openssh.com',
  'aes128-ctr',
  'aes192-ctr',
  'aes128-cbc',
  'aes192-cbc',
  'aes128-gcm@openssh.com',
] as const;

const REQUESTS: readonly SshKeyRequest[] = [
  { type: 'ed25519' },
  { type: 'rsa', bits: 2048 },
  { type: 'rsa', bits: 3072 },
];

describe.skipIf(!isPresent)(title, () => {
  let folder = '';
  let files = 0;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-ssh-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const keygen = (...args: readonly string[]): string =>
    execFileSync('ssh-keygen', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

  const newFile = (text: string | null = null): string => {
    files += 1;
    const file = join(folder, String(files));
    if (text !== null) writeFileSync(file, text, { mode: 0o600 });
    return file;
  };

  const made = (type: string, bits: number, ...args: readonly string[]): string => {
    const file = newFile();
    const rounds = args.includes('-a') ? [] : ['-a', '2'];
    keygen('-q', '-t', type, '-b', String(bits), '-C', 'a comment', ...rounds, ...args, '-f', file);
    return file;
  };

  /** Our reading of the file against theirs. */
  const agrees = async (file: string, passphrase: string | null): Promise<SshKey> => {
    const key = await parse(readFileSync(file, 'utf8'), passphrase);
    const [bits, fingerprint] = keygen('-lf', `${file}.pub`).split(' ');
    const [type, base64] = keygen('-y', '-P', passphrase ?? '', '-f', file)
      .trim()
      .split(' ');
    expect(key).toMatchObject({ bits: Number(bits), fingerprint, keyType: type });
    expect(key.publicKey.split(' ').slice(0, 2)).toEqual([type, base64]);
    return key;
  };

  it.each(TYPES)('makes a %s key of %i bits that is read, in every format', async (type, bits) => {
    const file = made(type, bits, '-N', '');
    const key = await agrees(file, null);
    expect(key.publicKey).toBe(readFileSync(`${file}.pub`, 'utf8').trim());
    if (type === 'ed25519') return;
    for (const format of ['PEM', 'PKCS8']) {
      for (const passphrase of [PASSPHRASE, '']) {
        keygen('-q', '-p', '-P', '', '-N', passphrase, '-m', format, '-f', file);
        const again = await agrees(file, passphrase === '' ? null : passphrase);
        expect(identityOf(again)).toBe(identityOf(key));
        keygen('-q', '-p', '-P', passphrase, '-N', '', '-m', format, '-f', file);
      }
    }
  });

  it.each(TYPES)('makes an encrypted %s key of %i bits that is read', async (type, bits) => {
    const file = made(type, bits, '-N', PASSPHRASE);
    expect((await agrees(file, PASSPHRASE)).comment).toBe('a comment');
    const text = readFileSync(file, 'utf8');
    expect(await refusalOf(text)).toBe('ssh/passphrase-needed');
    expect(await refusalOf(text, `${PASSPHRASE}!`)).toBe('ssh/wrong-passphrase');
  });

  it.each(CIPHERS)('makes a key under %s that is read', async (cipher) => {
    const file = made('ed25519', 256, '-N', PASSPHRASE, '-Z', cipher);
    await agrees(file, PASSPHRASE);
    expect(await refusalOf(readFileSync(file, 'utf8'), 'x')).toBe('ssh/wrong-passphrase');
  });

  it('makes a key with its own rounds and a passphrase beyond ASCII that is read', async () => {
    const file = made('ed25519', 256, '-N', 'pä\u0308ß \u{1f511}', '-a', '24');
    await agrees(file, 'pä\u0308ß \u{1f511}');
  });

  it('makes ten keys of every curve that are read', async () => {
    for (const bits of [256, 384, 521]) {
      for (let count = 0; count < 10; count += 1) await agrees(made('ecdsa', bits, '-N', ''), null);
    }
  });

  /** Their reading of our key against ours, and a signature made with it. */
  const isTaken = (key: SshKey): void => {
    const file = newFile(key.privateKey);
    expect(keygen('-y', '-P', '', '-f', file).trim()).toBe(key.publicKey);
    expect(keygen('-lf', file)).toContain(`${String(key.bits)} ${key.fingerprint} `);
    const message = newFile('message');
    keygen('-q', '-Y', 'sign', '-f', file, '-n', 'test', message);
    const checking = ['-Y', 'check-novalidate', '-n', 'test', '-s', `${message}.sig`];
    const input = 'message';
    expect(execFileSync('ssh-keygen', checking, { input, encoding: 'utf8' })).toContain(
      key.fingerprint,
    );
  };

  it.each(REQUESTS)('takes the key that we make: %o', async (request) => {
    isTaken(await generateSshKey(request, 'me at home', systemRandom));
  });

  it.each(VECTORS.map((vector) => [vector.name, vector] as const))(
    'takes the key that we wrote for %s',
    async (_, { text, isEncrypted }) => {
      isTaken(await parse(text, isEncrypted ? PASSPHRASE : null));
    },
  );

  it.each(['RSA, OpenSSH', 'P-256, OpenSSH', 'P-384, OpenSSH', 'P-521, OpenSSH'])(
    'takes our PKCS#8 of %s',
    async (name) => {
      const text = VECTORS.find((vector) => vector.name === name)?.text ?? '';
      const key = await parse(text);
      const file = newFile(toPkcs8Pem(key.privateKey));
      const [type, base64] = key.publicKey.split(' ');
      expect(keygen('-y', '-P', '', '-f', file).trim()).toBe(`${String(type)} ${String(base64)}`);
    },
  );

  it('encrypts the key that we made, and it is read again', async () => {
    const key = await generateSshKey({ type: 'ed25519' }, 'x', systemRandom);
    const file = newFile(key.privateKey);
    keygen('-q', '-p', '-P', '', '-N', PASSPHRASE, '-a', '2', '-f', file);
    expect(identityOf(await parse(readFileSync(file, 'utf8'), PASSPHRASE))).toBe(identityOf(key));
  });
});

// ssh-keygen before 9.6 does not read Ed25519 in PKCS#8, so OpenSSL judges that.
describe('node:crypto', () => {
  it('takes our PKCS#8 of Ed25519', async () => {
    const key = await generateSshKey({ type: 'ed25519' }, '', systemRandom);
    const { x } = createPrivateKey(toPkcs8Pem(key.privateKey)).export({ format: 'jwk' });
    const blob = Buffer.from(key.publicKey.split(' ')[1] ?? '', 'base64');
    expect(x).toBe(blob.subarray(-32).toString('base64url'));
  });
});
