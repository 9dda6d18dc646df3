import { beforeEach, describe, expect, it } from 'vitest';
import { newEphemeral, sealHpke } from '../../../src/renderer/secrets/hpke-seal.ts';
import { SecretSealer } from '../../../src/renderer/secrets/secret-sealer.ts';
import { systemRandom } from '../../../src/main/crypto/random.ts';
import { type SealedRequest, SealedSecrets } from '../../../src/main/services/sealed-secrets.ts';
import { code } from '../../support/error-code.ts';
import { draftOf } from '../../support/item-drafts.ts';
import { fromUtf8, toUtf8 } from '../../../src/shared/bytes.ts';
import type { Channel } from '../../../src/shared/ipc/requests.ts';
import {
  sealingAad,
  sealingInfo,
  type SealedSecret,
  sealedLength,
} from '../../../src/shared/sealed-secret.ts';

const REFUSED = code('crypto/authentication-failed');
let secrets: SealedSecrets;

beforeEach(() => {
  secrets = new SealedSecrets(systemRandom);
});

async function seal(channel: Channel, text: string): Promise<SealedSecret> {
  const sealer = new SecretSealer(() => Promise.resolve(secrets.key));
  return (await sealer.seal(channel, toUtf8(text))) as SealedSecret;
}

describe('SealedSecrets', () => {
  it('opens what a window sealed for the channel', async () => {
    for (const text of ['', 'x', 'correct horse', 'é'.repeat(2048)]) {
      expect(fromUtf8(secrets.open('vault:unlock', await seal('vault:unlock', text)))).toBe(text);
    }
  });

  it('opens on no other channel', async () => {
    const sealed = await seal('items:erase', 'secret');
    expect(() => secrets.open('vault:unlock', sealed)).toThrow(REFUSED);
  });

  it('opens nothing that was sealed to another process, and says so', async () => {
    const sealed = await seal('vault:unlock', 'secret');
    secrets = new SealedSecrets(systemRandom);
    expect(() => secrets.open('vault:unlock', sealed)).toThrow(code('ipc/stale-sealing-key'));
    const relabelled = { ...sealed, keyId: secrets.key.keyId };
    expect(() => secrets.open('vault:unlock', relabelled)).toThrow(REFUSED);
  });

  it('gives its key out as a copy, which may be erased', async () => {
    secrets.key.publicKey.fill(0);
    expect(fromUtf8(secrets.open('vault:create', await seal('vault:create', 'a')))).toBe('a');
  });

  it('tells no more of the length than a bucket of 64 bytes', async () => {
    const lengths = await Promise.all(
      ['', '123456', 'x'.repeat(60), 'x'.repeat(61)].map(
        async (text) => (await seal('vault:unlock', text)).ciphertext.length,
      ),
    );
    expect(lengths).toEqual([80, 80, 80, 144]);
    expect(lengths).toEqual([0, 6, 60, 61].map(sealedLength));
  });

  it('refuses what was sealed to its key without the padding', async () => {
    const { keyId, publicKey } = secrets.key;
    const bare = new Uint8Array(64).fill(0x41);
    const sealed = await sealHpke(
      Uint8Array.from(publicKey),
      { info: sealingInfo('vault:unlock'), aad: sealingAad(keyId), plaintext: bare },
      await newEphemeral(),
    );
    expect(() => secrets.open('vault:unlock', { keyId, ...sealed })).toThrow(REFUSED);
  });

  it('opens the secrets of a way in, whichever it is, and the private key of a draft', async () => {
    const password = await seal('vault:unlock', 'secret');
    const keyFile = '00'.repeat(16);
    expect(
      secrets.openPresented('vault:unlock', { type: 'password-key-file', password, keyFile }),
    ).toEqual({ type: 'password-key-file', password: toUtf8('secret'), keyFile });
    const words = await seal('vault:unlock', 'abandon art');
    expect(secrets.openPresented('vault:unlock', { type: 'recovery', words })).toEqual({
      type: 'recovery',
      words: toUtf8('abandon art'),
    });
    expect(() => secrets.openPresented('keys:rename', { type: 'recovery', words })).toThrow(
      REFUSED,
    );
  });

  describe('of a request with several', () => {
    const CHANNEL = 'keys:rekey';

    /** What had been opened when the last one was refused. */
    async function refused(
      take: (request: SealedRequest, good: SealedSecret, bad: SealedSecret) => unknown,
    ): Promise<readonly Uint8Array[]> {
      const [good, bad] = [await seal(CHANNEL, 'first secret'), await seal('items:erase', 'other')];
      const opened: Uint8Array[] = [];
      const open = secrets.open.bind(secrets);
      secrets.open = (...input) => {
        const secret = open(...input);
        opened.push(secret);
        return secret;
      };
      expect(() => secrets.openAll(CHANNEL, (request) => take(request, good, bad))).toThrow(
        REFUSED,
      );
      return opened;
    }

    it('opens all', async () => {
      const sealed = await Promise.all(['a', 'b'].map((text) => seal(CHANNEL, text)));
      const opened = secrets.openAll(CHANNEL, (request) =>
        sealed.map((password) => request.presented({ type: 'password', password })),
      );
      expect(opened).toEqual(
        ['a', 'b'].map((text) => ({ type: 'password', password: toUtf8(text) })),
      );
    });

    it.each<[string, (r: SealedRequest, good: SealedSecret, bad: SealedSecret) => unknown]>([
      [
        'several ways in',
        (request, ...all) =>
          all.map((password) => request.presented({ type: 'password', password })),
      ],
      [
        'a way in and a new password',
        (request, words, bad) => [
          request.presented({ type: 'recovery', words }),
          request.secret(bad),
        ],
      ],
      [
        'a way in and a PIN',
        (request, password, bad) => [
          request.presented({ type: 'password', password }),
          request.secretOrNull(bad),
        ],
      ],
      [
        'a private key and its passphrase',
        (request, key, passphrase) =>
          request.draft({
            ...draftOf('ssh-key', {}),
            sshKey: { action: 'import', key, passphrase },
          }),
      ],
    ])('erases what was opened where the next does not open: %s', async (_, take) => {
      const opened = await refused(take);
      expect(opened).toEqual([new Uint8Array('first secret'.length)]);
    });

    it('erases what was opened where anything else fails', async () => {
      const sealed = await seal(CHANNEL, 'first secret');
      let opened = new Uint8Array();
      const failing = (): unknown =>
        secrets.openAll(CHANNEL, (request) => {
          opened = request.secret(sealed);
          throw new Error('no memory');
        });
      expect(failing).toThrow('no memory');
      expect(opened).toEqual(new Uint8Array('first secret'.length));
    });
  });
});
