// Parsers of the ssh room: key files of OpenSSH and of the PKCS family, and the DER inside.
// SPDX-License-Identifier: MIT

import { generateKeyPairSync } from 'node:crypto';
import { toUtf8 } from '../../../../src/shared/bytes.ts';
import { parseSshPrivateKey } from '../../../../src/main/ssh/parse-ssh-private-key.ts';
import { generateSshKey } from '../../../../src/main/ssh/generate-ssh-key.ts';
import { parseUnencryptedOpenSsh } from '../../../../src/main/ssh/openssh-private-key.ts';
import { parsePem } from '../../../../src/main/ssh/pem.ts';
import { parsePkcs8 } from '../../../../src/main/ssh/pkcs8.ts';
import { seededRandom } from '../../../support/seeded-random.ts';
import { bytesTarget, type FuzzTarget } from '../fuzz-target.ts';

const TOKENS = [
  '-----BEGIN OPENSSH PRIVATE KEY-----',
  '-----END ',
  '-----',
  '\r\n',
  '\n',
  '=',
  'AAAA',
];

export async function sshTargets(): Promise<readonly FuzzTarget[]> {
  const random = seededRandom('fuzz seeds: ssh');
  const { privateKey } = await generateSshKey({ type: 'ed25519' }, 'ida@example', random);
  const der = generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' });
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const files = [
    toUtf8(privateKey),
    toUtf8(curve.export({ format: 'pem', type: 'pkcs8' }) as string),
    toUtf8(curve.export({ format: 'pem', type: 'sec1' }) as string),
  ];
  return [
    bytesTarget({
      name: 'SSH private key',
      seeds: files,
      tokens: TOKENS,
      parse: (input) => parseSshPrivateKey(input, null, { random }),
    }),
    bytesTarget({
      // What lies inside the base64, which would refuse nearly all of them.
      name: 'OpenSSH key, inside its PEM',
      seeds: parsePem(toUtf8(privateKey)).map(({ body }) => body),
      parse: parseUnencryptedOpenSsh,
    }),
    bytesTarget({ name: 'PEM', seeds: files, tokens: TOKENS, parse: parsePem }),
    bytesTarget({
      name: 'PKCS#8',
      seeds: [der, curve.export({ format: 'der', type: 'pkcs8' })].map((one) =>
        Uint8Array.from(one),
      ),
      parse: parsePkcs8,
    }),
  ];
}
