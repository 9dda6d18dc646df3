// What windows present to open a vault, turned into what opens slots: bytes owned and erased here, key files known by
// tokens. Key files are read here, in the process that is ended on lock.
// SPDX-License-Identifier: MIT

import { fromUtf8, joinBytes } from '../../shared/bytes.ts';
import { AppError } from '../../shared/errors.ts';
import type { PresentedSecret } from '../../shared/model/keys.ts';
import type { RandomSource } from '../crypto/random.ts';
import { parseRecoveryWords } from '../crypto/recovery-words.ts';
import { SecretBytes } from '../crypto/secret-bytes.ts';
import type { TransferFiles } from '../transfer/transfer-files.ts';
import { digestKeyFile, type UnlockSecret } from '../vault/slot-secret.ts';

/** A file that is to open a vault has at least this much in it, whatever it is. */
const SHORTEST_KEY_FILE = 32;
const LARGEST_KEY_FILE = 16 * 1024 * 1024;
const NEW_KEY_FILE_BYTES = 64;

export interface PresentedSecretsPorts {
  readonly files: TransferFiles;
  readonly random: RandomSource;
  /** The file of the open vault, which a key file must not replace; empty where none is open. */
  readonly vaultPath: () => string;
}

/** A secret to be used once; disposing it erases everything in it. */
export type OwnedSecret = UnlockSecret & Disposable;

export class PresentedSecrets {
  readonly #ports: PresentedSecretsPorts;
  readonly #keyFiles = new Map<string, SecretBytes>();

  constructor(ports: PresentedSecretsPorts) {
    this.#ports = ports;
  }

  /** Reads a key file and keeps its digest under `token`. Throws `keys/not-a-key-file`. */
  async openKeyFile(path: string, token: string): Promise<{ readonly fileName: string }> {
    const { name, bytes } = await this.#read(path);
    if (bytes.length < SHORTEST_KEY_FILE) {
      throw new AppError('keys/not-a-key-file', 'a key file has more in it', {
        details: { bytes: bytes.length, least: SHORTEST_KEY_FILE },
      });
    }
    this.#keep(token, digestKeyFile(bytes));
    bytes.fill(0);
    return { fileName: name };
  }

  /** Writes a new key file of random bytes and keeps its digest under `token`. */
  async makeKeyFile(path: string, token: string): Promise<{ readonly fileName: string }> {
    const content = this.#ports.random.bytes(NEW_KEY_FILE_BYTES);
    const digest = digestKeyFile(content);
    const chunks = (async function* () {
      yield await Promise.resolve(content);
    })();
    const { name } = await this.#ports.files.replace(path, chunks, this.#ports.vaultPath());
    content.fill(0);
    this.#keep(token, digest);
    return { fileName: name };
  }

  /** The digest that was kept under `token`, borrowed. Throws `keys/not-a-key-file`. */
  keyFile(token: string): SecretBytes {
    const digest = this.#keyFiles.get(token);
    if (digest === undefined) {
      throw new AppError('keys/not-a-key-file', 'the key file has to be chosen again');
    }
    return digest;
  }

  /** Takes ownership of the bytes in `presented` and zeroes them. Throws for words that are no recovery key. */
  take(presented: PresentedSecret): OwnedSecret {
    if (presented.type === 'recovery') {
      const key = parseWords(presented.words);
      return { type: 'recovery', key, [Symbol.dispose]: () => key.dispose() };
    }
    const password = SecretBytes.take(presented.password);
    const dispose = (): void => password.dispose();
    if (presented.type === 'password') {
      return { type: 'password', password, [Symbol.dispose]: dispose };
    }
    try {
      const keyFile = this.keyFile(presented.keyFile);
      return { type: 'password-key-file', password, keyFile, [Symbol.dispose]: dispose };
    } catch (error) {
      dispose();
      throw error;
    }
  }

  /** As a stream, since that refuses the open vault: reading and closing that file would drop the locks on it. */
  async #read(path: string): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
    const { name, sizeBytes, chunks } = await this.#ports.files.stream(
      path,
      this.#ports.vaultPath(),
    );
    if (sizeBytes > LARGEST_KEY_FILE) {
      throw new AppError('keys/not-a-key-file', 'a key file is smaller', {
        details: { bytes: sizeBytes, most: LARGEST_KEY_FILE },
      });
    }
    const parts: Uint8Array[] = [];
    for await (const chunk of chunks) parts.push(chunk);
    return { name, bytes: joinBytes(parts) };
  }

  #keep(token: string, digest: SecretBytes): void {
    this.#keyFiles.get(token)?.dispose();
    this.#keyFiles.set(token, digest);
  }
}

function parseWords(words: Uint8Array): SecretBytes {
  try {
    return parseRecoveryWords(fromUtf8(words));
  } catch (error) {
    if (error instanceof TypeError) {
      throw new AppError('keys/recovery-damaged', 'the words are no text', {
        details: { words: 0 },
      });
    }
    throw error;
  } finally {
    words.fill(0);
  }
}
