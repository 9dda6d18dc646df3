// Quick unlock, main's half: what the vault process sealed is held here, in memory alone, over a lock. Tries are counted
// before anything is derived; after five wrong ones, at quit, after seven days and when the vault is re-keyed it is gone.
// SPDX-License-Identifier: MIT

import type { Clock } from '../../shared/clock.ts';
import { fromHex, toHex } from '../../shared/bytes.ts';
import { AppError, isAppError } from '../../shared/errors.ts';
import type { QuickUnlockState, SealedPresentedSecret } from '../../shared/model/keys.ts';
import type { SealedSecret } from '../../shared/sealed-secret.ts';
import type { PinChannel, SealedQuickUnlock, VaultCalls } from '../link/vault-link.ts';
import type { Keystore } from './keystore.ts';
import type { VaultSession } from './vault-session.ts';

const TRIES = 5;
const LASTS_MS = 7 * 24 * 60 * 60 * 1_000;
const GUARDED_BYTES = 32;

export interface QuickUnlockPorts {
  readonly session: Pick<VaultSession, 'call' | 'openPath'>;
  readonly keystore: Keystore;
  readonly clock: Clock;
  readonly randomBytes: (length: number) => Uint8Array;
}

interface Kept {
  readonly path: string;
  readonly by: 'pin' | 'touch-id';
  /** 32 random bytes in hex, under the keystore's key. */
  readonly guarded: Uint8Array;
  readonly sealed: SealedQuickUnlock;
  readonly expiresAt: number;
  triesLeft: number;
}

interface TryOptions {
  readonly acceptOlder?: true | undefined;
  readonly sealedFor?: PinChannel;
  readonly signal?: AbortSignal;
}

export class QuickUnlock {
  readonly #ports: QuickUnlockPorts;
  #kept: Kept | null = null;

  constructor(ports: QuickUnlockPorts) {
    this.#ports = ports;
  }

  /** What can be done for the vault at `path`. */
  async stateOf(path: string | null): Promise<QuickUnlockState> {
    if (!(await this.#ports.keystore.isReal())) return { is: 'unavailable', reason: 'no-keystore' };
    const kept = this.#keptFor(path);
    if (kept === null) return { is: 'off' };
    const { by, triesLeft, expiresAt } = kept;
    return { is: 'ready', by, triesLeft, expiresAt };
  }

  /** For the open vault. `pin` null: by Touch ID. Throws `keys/no-keystore`, `vault/wrong-password`, `keys/pin-too-short`. */
  async set(present: SealedPresentedSecret, pin: SealedSecret | null): Promise<QuickUnlockState> {
    const { session, keystore, clock, randomBytes } = this.#ports;
    const path = session.openPath;
    if (path === null) throw new AppError('vault/locked', 'the vault is locked');
    if (!(await keystore.isReal()) || (pin === null && !keystore.hasTouchId())) {
      throw new AppError('keys/no-keystore', 'this system has nothing that guards a key');
    }
    const guarded = randomBytes(GUARDED_BYTES);
    const underKeystore = await keystore.seal(toHex(guarded));
    const sealed = await session.call('quick-unlock:seal', { present, pin, guarded });
    guarded.fill(0);
    this.#kept = {
      path,
      by: pin === null ? 'touch-id' : 'pin',
      guarded: underKeystore,
      sealed,
      expiresAt: clock.now() + LASTS_MS,
      triesLeft: TRIES,
    };
    return this.stateOf(path);
  }

  /**
   * Throws `vault/wrong-password` with the tries that are left, `keys/no-tries-left` where there are none. A finger that
   * comes when `signal` has aborted opens nothing: whoever asked for it is gone, or the vault was locked meanwhile.
   */
  async unlock(path: string, pin: SealedSecret | null, options: TryOptions = {}): Promise<void> {
    const kept = this.#keptFor(path);
    if (kept === null || (kept.by === 'pin') !== (pin !== null)) throw noTriesLeft();
    const { keystore } = this.#ports;
    if (kept.by === 'touch-id') await askForFinger(keystore);
    assertWanted(options.signal);
    // Before anything is derived: whoever ends the process in the middle of it has used a try up all the same.
    kept.triesLeft -= 1;
    const guarded = fromHex(await keystore.open(kept.guarded));
    const { acceptOlder, sealedFor = 'vault:quick-unlock' } = options;
    const input = { path, pin, guarded, kept: kept.sealed, acceptOlder, sealedFor };
    const isOpen = await this.#try(kept, input);
    guarded.fill(0);
    if (isOpen) {
      kept.triesLeft = TRIES;
      return;
    }
    if (kept.triesLeft > 0) {
      throw new AppError('vault/wrong-password', 'another PIN', {
        details: { triesLeft: kept.triesLeft },
      });
    }
    this.forget();
    throw noTriesLeft();
  }

  forget(): void {
    this.#kept?.sealed.sealed.fill(0);
    this.#kept = null;
  }

  /**
   * What was sealed to a process that has ended is read by nobody: nothing was tried. And a file that is refused as an
   * older copy is no wrong PIN: the person may still say that it is meant.
   */
  async #try(kept: Kept, input: VaultCalls['quick-unlock:open']['input']): Promise<boolean> {
    try {
      return await this.#ports.session.call('quick-unlock:open', input);
    } catch (error) {
      if (isAppError(error) && isNoTry(error)) kept.triesLeft += 1;
      throw error;
    }
  }

  #keptFor(path: string | null): Kept | null {
    const kept = this.#kept;
    if (kept?.path !== path) return null;
    if (this.#ports.clock.now() < kept.expiresAt && kept.triesLeft > 0) return kept;
    this.forget();
    return null;
  }
}

function isNoTry({ code, details }: AppError): boolean {
  return code === 'ipc/stale-sealing-key' || details.step === 'pins';
}

/** The system counts wrong fingers itself. */
function assertWanted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AppError('ipc/cancelled', 'nobody waits for it any more');
}

async function askForFinger(keystore: Keystore): Promise<void> {
  try {
    await keystore.promptTouchId('unlock your vault');
  } catch (cause) {
    throw new AppError('ipc/cancelled', 'no finger, or not the right one', { cause });
  }
}

function noTriesLeft(): AppError {
  return new AppError('keys/no-tries-left', 'quick unlock is over for this session');
}
