// A private key in any of the files that people have: OpenSSH, PKCS#8, PKCS#1 and SEC 1, encrypted or not.
// What is no such file is told apart as far as it helps: a public key, a PuTTY file, a certificate.
// SPDX-License-Identifier: MIT

import type { RandomSource } from '../crypto/random.ts';
import type { SecretBytes } from '../crypto/secret-bytes.ts';
import type { KeyMaterial } from './key-material.ts';
import { isLegacyEncrypted, openLegacyPem } from './legacy-pem-encryption.ts';
import { readOpenSsh } from './openssh-private-key.ts';
import { parsePem, type PemBlock } from './pem.ts';
import { openPkcs8 } from './pkcs8-encryption.ts';
import { parsePkcs1, parsePkcs8, parseSec1 } from './pkcs8.ts';
import { refuseLabel, refuseOtherText } from './refuse-text.ts';
import { damaged, isDamaged, notRecognised, wrongPassphrase } from './ssh-key-error.ts';
import { toSshKey, type SshKey } from './ssh-key.ts';

/** The longest RSA key that we take has 7 KiB in any of the formats. */
const MOST_TEXT_BYTES = 32 * 1024;

export interface SshParseContext {
  readonly random: RandomSource;
  /** Ends the stretching of a passphrase, which may take half a minute. */
  readonly signal?: AbortSignal | undefined;
}

interface ParseInput extends SshParseContext {
  readonly block: PemBlock;
  readonly passphrase: SecretBytes | null;
}

/**
 * The key of a file's `text`, checked: its halves belong together. Borrows both arguments; the caller erases them.
 * The passphrase is its bytes as typed, in UTF-8 and **not** normalised, since the programs that encrypt keys do not.
 * It is not looked at where the key is not encrypted. PKCS formats have no comment.
 *
 * Throws `SshKeyError`: `ssh/passphrase-needed` only once all else about the file is known to be acceptable, and
 * `ssh/wrong-passphrase` also where an encrypted PKCS file is damaged, for the two cannot be told apart.
 * Rejects with the signal's reason when aborted.
 */
export async function parseSshPrivateKey(
  text: Uint8Array,
  passphrase: SecretBytes | null,
  context: SshParseContext,
): Promise<SshKey> {
  if (text.length > MOST_TEXT_BYTES) {
    throw notRecognised(
      'too-large',
      `SSH key: expected at most ${MOST_TEXT_BYTES} bytes, got ${text.length}`,
    );
  }
  refuseOtherText(text);
  const blocks = parsePem(text);
  try {
    return await parseBlock({ ...context, passphrase, block: onlyKey(blocks) });
  } finally {
    for (const { body } of blocks) body.fill(0);
  }
}

/** OpenSSL writes the name of the curve into a block of its own, before the key that says it again. */
function onlyKey(blocks: readonly PemBlock[]): PemBlock {
  const keys = blocks[0]?.label === 'EC PARAMETERS' ? blocks.slice(1) : blocks;
  const [block] = keys;
  if (block === undefined) throw notRecognised('not-a-key', 'SSH key: no key in this text');
  if (keys.length > 1) {
    throw notRecognised('several-keys', `SSH key: expected one, got ${keys.length} PEM blocks`);
  }
  return block;
}

async function parseBlock(input: ParseInput): Promise<SshKey> {
  const { block, passphrase, random, signal } = input;
  switch (block.label) {
    case 'OPENSSH PRIVATE KEY':
      assertNoHeaders(block);
      return readOpenSsh(block.body, { passphrase, signal }, ({ material, comment }) =>
        toSshKey(material, comment, random),
      );
    case 'PRIVATE KEY':
      assertNoHeaders(block);
      return toSshKey(parsePkcs8(block.body), '', random);
    case 'ENCRYPTED PRIVATE KEY':
      assertNoHeaders(block);
      return parseDecrypted(await openPkcs8(block.body, passphrase), parsePkcs8, random);
    case 'RSA PRIVATE KEY':
      return parseLegacy(input, parsePkcs1);
    case 'EC PRIVATE KEY':
      return parseLegacy(input, parseSec1);
    default:
      return refuseLabel(block.label);
  }
}

function parseLegacy(
  { block, passphrase, random }: ParseInput,
  parse: (der: Uint8Array) => KeyMaterial,
): SshKey {
  return isLegacyEncrypted(block)
    ? parseDecrypted(openLegacyPem(block, passphrase), parse, random)
    : toSshKey(parse(block.body), '', random);
}

/** Takes ownership of `der`. What another passphrase opens is noise, and noise is damaged. */
function parseDecrypted(
  der: Uint8Array,
  parse: (der: Uint8Array) => KeyMaterial,
  random: RandomSource,
): SshKey {
  try {
    return toSshKey(parse(der), '', random);
  } catch (error) {
    throw isDamaged(error) ? wrongPassphrase(error) : error;
  } finally {
    der.fill(0);
  }
}

function assertNoHeaders(block: PemBlock): void {
  if (block.headers.size > 0) throw damaged('PEM: expected no header lines in a key of this kind');
}
