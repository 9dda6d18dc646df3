// Seals every secret of a request before it leaves the window. All bytes that a window sends are secrets that somebody
// typed or pasted, so all of them are sealed, wherever they stand: nothing can be forgotten.
// SPDX-License-Identifier: MIT

import {
  padSecret,
  sealingAad,
  sealingInfo,
  type SealedSecret,
  type SealingKey,
} from '../../shared/sealed-secret.ts';
import { sealHpke } from './hpke-seal.ts';

export class SecretSealer {
  readonly #fetchKey: () => Promise<SealingKey>;
  #key: Promise<SealingKey> | null = null;

  /** `fetchKey` asks the vault process that runs now. */
  constructor(fetchKey: () => Promise<SealingKey>) {
    this.#fetchKey = fetchKey;
  }

  /** Another process has taken the place of the one whose key is known. */
  forgetKey(): void {
    this.#key = null;
  }

  /** `input` with every byte array in it sealed for `channel`; the arrays themselves stay the caller's. */
  async seal(channel: string, input: unknown): Promise<unknown> {
    const key = await this.#currentKey();
    return await sealWithin(input, (bytes) => sealSecret(key, channel, bytes));
  }

  #currentKey(): Promise<SealingKey> {
    this.#key ??= this.#fetchKey().catch((error: unknown) => {
      this.forgetKey();
      throw error;
    });
    return this.#key;
  }
}

export function holdsBytes(input: unknown): boolean {
  if (input instanceof Uint8Array) return true;
  return typeof input === 'object' && input !== null && Object.values(input).some(holdsBytes);
}

async function sealWithin(
  input: unknown,
  seal: (bytes: Uint8Array) => Promise<SealedSecret>,
): Promise<unknown> {
  if (input instanceof Uint8Array) return seal(input);
  if (!holdsBytes(input)) return input;
  if (Array.isArray(input)) return Promise.all(input.map((part) => sealWithin(part, seal)));
  const entries = Object.entries(input as object).map(
    async ([name, part]: [string, unknown]) => [name, await sealWithin(part, seal)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

async function sealSecret(
  { keyId, publicKey }: SealingKey,
  channel: string,
  secret: Uint8Array,
): Promise<SealedSecret> {
  const plaintext = padSecret(secret);
  try {
    const sealed = await sealHpke(Uint8Array.from(publicKey), {
      ...{ info: sealingInfo(channel), aad: sealingAad(keyId), plaintext },
    });
    return { keyId, ...sealed };
  } finally {
    plaintext.fill(0);
  }
}
