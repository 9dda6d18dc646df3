// A fresh process that derives a key twice at the cost it is given, and says how long each took.
// SPDX-License-Identifier: MIT

import { toUtf8 } from '../../../src/shared/bytes.ts';
import {
  derivePasswordKey,
  KDF_SALT_BYTES,
  type KdfParameters,
} from '../../../src/main/crypto/password-kdf.ts';
import { SecretBytes } from '../../../src/main/crypto/secret-bytes.ts';
import { timed } from '../measure.ts';

const kdf = JSON.parse(process.argv[2] ?? '') as KdfParameters;
const salt = new Uint8Array(KDF_SALT_BYTES);

async function derive(): Promise<void> {
  using password = SecretBytes.take(toUtf8('correct horse battery staple'));
  using _key = await derivePasswordKey(password, salt, kdf);
}

const first = await timed(derive);
process.send?.({ first, second: await timed(derive) });
