// Keys: the ways into the open vault. Every act but listing asks for a secret that opens it now.
// SPDX-License-Identifier: MIT

import type { KeySlotInfo, PresentedSecret, RecoverySheet } from '../../shared/model/keys.ts';
import type { WorkStage } from '../../shared/ipc/events.ts';
import { AppError, isAppError } from '../../shared/errors.ts';
import { toHex } from '../../shared/bytes.ts';
import { toQrCode } from '../codec/qr.ts';
import type { RandomSource } from '../crypto/random.ts';
import { toRecoveryWords } from '../crypto/recovery-words.ts';
import { SecretBytes } from '../crypto/secret-bytes.ts';
import type { Pace } from '../health/pace.ts';
import type { OpenedRing } from '../vault/key-ring.ts';
import { RECOVERY_KEY_BYTES } from '../vault/slot-secret.ts';
import type { UnlockedVault } from '../vault/unlocked-vault.ts';
import type { SlotInfo } from '../vault/vault-access.ts';
import type { KdfPolicy } from './kdf-policy.ts';
import type { OwnedSecret, PresentedSecrets } from './presented-secrets.ts';
import { assertLongEnough } from './unlock-service.ts';

/** How many of the words of a recovery sheet are asked for again. */
const REHEARSED_WORDS = 4;

export interface KeyPorts {
  readonly vault: () => UnlockedVault;
  readonly secrets: PresentedSecrets;
  readonly kdf: KdfPolicy;
  readonly random: RandomSource;
  readonly newPace: () => Pace;
  readonly onProgress: (stage: WorkStage, done: number, total: number) => void;
  /** The header changed, or (`isNewEpoch`) all keys: copies of the file are behind, and a quick unlock is void. */
  readonly onKeysChanged: (change: { readonly isNewEpoch: boolean }) => Promise<void>;
}

/** A recovery key that was shown and not rehearsed yet. */
interface Pending extends Disposable {
  readonly token: string;
  readonly key: SecretBytes;
  readonly words: readonly string[];
  readonly rehearsal: readonly number[];
  readonly opened: OpenedRing;
}

export class KeyService {
  readonly #ports: KeyPorts;
  #pending: Pending | null = null;

  constructor(ports: KeyPorts) {
    this.#ports = ports;
  }

  list(): readonly KeySlotInfo[] {
    return this.#ports.vault().access.slots().map(toInfo);
  }

  /** Takes ownership of all secrets, as does every method here. */
  async changePassword(present: PresentedSecret, password: Uint8Array): Promise<void> {
    using next = SecretBytes.take(password);
    using secret = this.#take(present);
    assertLongEnough(next);
    const kdf = await this.#ports.kdf.calibrated();
    await this.#ports.vault().access.changePassword(secret, next, kdf);
    await this.#ports.onKeysChanged({ isNewEpoch: false });
  }

  async addKeyFile(present: PresentedSecret, keyFile: string, name: string): Promise<void> {
    using secret = this.#take(present);
    if (secret.type === 'recovery') throw new AppError('vault/wrong-password', 'not the password');
    const digest = this.#ports.secrets.keyFile(keyFile);
    await this.#ports.vault().access.requireKeyFile(secret, digest, name);
    await this.#ports.onKeysChanged({ isNewEpoch: false });
  }

  async dropKeyFile(present: PresentedSecret): Promise<void> {
    using secret = this.#take(present);
    await this.#ports.vault().access.dropKeyFile(secret);
    await this.#ports.onKeysChanged({ isNewEpoch: false });
  }

  /** Makes a recovery key and shows it; the slot comes to be when its words have been rehearsed. */
  async prepareRecovery(present: PresentedSecret): Promise<RecoverySheet> {
    using secret = this.#take(present);
    const opened = await this.#ports.vault().access.authorise(secret);
    const { random } = this.#ports;
    const key = SecretBytes.take(random.bytes(RECOVERY_KEY_BYTES));
    const words = toRecoveryWords(key);
    const rehearsal = somePlaces(words.length, random);
    const token = toHex(random.bytes(16));
    this.#giveUp();
    this.#pending = {
      ...{ token, key, words, rehearsal, opened },
      [Symbol.dispose]() {
        key.dispose();
        opened[Symbol.dispose]();
      },
    };
    return { token, words, rehearsal, qr: toQrCode(words.join(' ')) };
  }

  /** Throws `keys/not-rehearsed` where the words are not those that were asked for: they may be tried again. */
  async confirmRecovery(token: string, words: readonly string[], name: string): Promise<void> {
    const pending = this.#pending;
    if (pending?.token !== token) {
      throw new AppError('keys/not-rehearsed', 'this recovery key is not waiting any more');
    }
    const expected = pending.rehearsal.map((place) => pending.words[place]);
    const typed = words.map((word) => word.trim().toLowerCase());
    if (typed.length !== expected.length || typed.some((word, i) => word !== expected[i])) {
      throw new AppError('keys/not-rehearsed', 'other words than those that were asked for');
    }
    await this.#ports.vault().access.addRecovery(pending.opened.rootKey, pending.key, name);
    this.#giveUp();
    await this.#ports.onKeysChanged({ isNewEpoch: false });
  }

  discardRecovery(token: string): void {
    if (this.#pending?.token === token) this.#giveUp();
  }

  async rename(present: PresentedSecret, slot: string, name: string): Promise<void> {
    using secret = this.#take(present);
    await this.#ports.vault().access.rename(secret, slot, name);
  }

  async remove(present: PresentedSecret, slot: string): Promise<void> {
    using secret = this.#take(present);
    await this.#ports.vault().access.remove(secret, slot);
    await this.#ports.onKeysChanged({ isNewEpoch: false });
  }

  /** A new root key. Returns the slots that are gone because their secrets were not presented. */
  async rekey(presented: readonly PresentedSecret[]): Promise<readonly KeySlotInfo[]> {
    const secrets = this.#takeAll(presented);
    try {
      const { vault, onProgress, newPace } = this.#ports;
      onProgress('checking', 0, secrets.length);
      let last = 0;
      const pace = newPace();
      const sealing = (done: number, total: number): void => {
        last = total;
        onProgress('sealing', done, total);
      };
      const removed = await vault().access.rekey(secrets, sealing, {
        breathe: () => pace.breathe(),
        onWriting: () => onProgress('writing', last, last),
      });
      this.#giveUp();
      await this.#ports.onKeysChanged({ isNewEpoch: true });
      return removed.map(toInfo);
    } finally {
      for (const secret of secrets) secret[Symbol.dispose]();
    }
  }

  /** All of them, or none: where one is no secret, the bytes of those after it are erased too. */
  #takeAll(presented: readonly PresentedSecret[]): readonly OwnedSecret[] {
    const secrets: OwnedSecret[] = [];
    try {
      for (const [index, one] of presented.entries()) secrets.push(this.#takeAt(one, index));
      return secrets;
    } catch (error) {
      for (const secret of secrets) secret[Symbol.dispose]();
      for (const one of presented) (one.type === 'recovery' ? one.words : one.password).fill(0);
      throw error;
    }
  }

  /** Says of a secret that is none which of several it is. */
  #takeAt(present: PresentedSecret, index: number): OwnedSecret {
    try {
      return this.#take(present);
    } catch (cause) {
      if (!isAppError(cause)) throw cause;
      const details = { ...cause.details, index };
      throw new AppError(cause.code, 'one of several secrets', { cause, details });
    }
  }

  #take(present: PresentedSecret): OwnedSecret {
    return this.#ports.secrets.take(present);
  }

  #giveUp(): void {
    this.#pending?.[Symbol.dispose]();
    this.#pending = null;
  }
}

function toInfo({ id, type, name, createdAt, kdf }: SlotInfo): KeySlotInfo {
  return {
    ...{ id, type, name, createdAt },
    kdf:
      kdf === null
        ? null
        : { memoryMib: kdf.memoryKib / 1024, passes: kdf.passes, lanes: kdf.lanes },
  };
}

/** Different places below `count`, in order. */
function somePlaces(count: number, random: RandomSource): readonly number[] {
  const places = new Set<number>();
  // The largest multiple of `count` in a byte: what is above it would favour the first places.
  const fair = 256 - (256 % count);
  while (places.size < REHEARSED_WORDS) {
    const [byte = 0] = random.bytes(1);
    if (byte < fair) places.add(byte % count);
  }
  return [...places].sort((a, b) => a - b);
}
