// What people give instead of a private key that we take, told apart by its first line or its PEM label.
// SPDX-License-Identifier: MIT

import { notRecognised, unsupported, type SshKeyError } from './ssh-key-error.ts';

const PEM_BEGIN = '-----BEGIN ';
/** White space, and the byte order mark of UTF-8. */
const BLANK: readonly number[] = [0x20, 0x09, 0x0d, 0x0a, 0xef, 0xbb, 0xbf];
const PEEKED_BYTES = 80;

/** First of a line of text → why it is refused. In this order. */
const BEGINNINGS: readonly (readonly [RegExp, () => SshKeyError])[] = [
  [/^PuTTY-User-Key-File-/, () => unsupported('putty', 'SSH key: a PuTTY file')],
  [/^SSH PRIVATE KEY FILE FORMAT/, () => unsupported('ssh1', 'SSH key: a key of version 1')],
  [
    /^---- BEGIN SSH2 ENCRYPTED PRIVATE KEY/,
    () => unsupported('ssh2', 'SSH key: a private key of SSH Communications Security'),
  ],
  [/^---- BEGIN SSH2 PUBLIC KEY/, publicKey],
  [/^(ssh|ecdsa|sk|rsa)-[a-z0-9@.-]*-cert-v\d\d@openssh\.com\s/, certificate],
  [/^(ssh|ecdsa|sk)-[a-z0-9@.-]+\s+AAAA/, publicKey],
];

/** Throws `SshKeyError` unless `text` begins like PEM. Of a text that does, nothing becomes a string. */
export function refuseOtherText(text: Uint8Array): void {
  const start = text.findIndex((byte) => !BLANK.includes(byte));
  if (start === -1) throw notRecognised('empty', 'SSH key: no text');
  const rest = Buffer.from(text.buffer, text.byteOffset + start, text.length - start);
  const begin = rest.indexOf(PEM_BEGIN);
  if (begin === 0) return;
  const line = rest.toString('latin1', 0, PEEKED_BYTES);
  const found = BEGINNINGS.find(([pattern]) => pattern.test(line));
  if (found !== undefined) throw found[1]();
  throw begin === -1
    ? notRecognised('not-a-key', 'SSH key: not in a form that we know')
    : notRecognised('extra-text', 'SSH key: other text before the key');
}

/** Says what a PEM block is that holds no private key which we take. */
export function refuseLabel(label: string): never {
  if (label.endsWith('PUBLIC KEY')) throw publicKey();
  if (/CERTIFICATE|PKCS7|CMS/.test(label)) throw certificate();
  if (label === 'DSA PRIVATE KEY') throw unsupported('key-type', 'SSH key: a DSA key');
  throw notRecognised('not-a-key', 'SSH key: a PEM block of another kind');
}

function publicKey(): SshKeyError {
  return notRecognised('public-key', 'SSH key: the public half');
}

function certificate(): SshKeyError {
  return notRecognised('certificate', 'SSH key: a certificate');
}
