// Pins at work: step 4 of the order of checks and its second half after opening, and when this machine's memory of a
// vault is brought up to date. A pin is written after what it remembers and never ahead of it, so that an interruption
// can only leave it behind. docs/vault-format.md, "Pins".
// SPDX-License-Identifier: MIT

import type { Clock } from '../../shared/clock.ts';
import type { ErrorDetails } from '../../shared/errors.ts';
import type { PinsState } from '../../shared/model/keys.ts';
import { costsLess, type KdfParameters } from '../crypto/password-kdf.ts';
import { encodePin, isAuthenticPin, type ParsedPin, parsePin, type Pin } from './pin.ts';
import type { PinStore } from './pin-store.ts';
import { VaultError } from './vault-error.ts';
import type { VaultHeader } from './vault-header.ts';
import type { VaultState } from './vault-state.ts';

export interface PinOptions {
  readonly store: PinStore;
  readonly clock: Clock;
  /** A person has said that an older copy is meant: nothing is refused, and it is remembered from now on. */
  readonly acceptOlder: boolean;
}

/** What of an open vault is remembered. */
type Remembered = Pick<VaultState, 'ring' | 'epoch' | 'written' | 'table'>;

/** What this machine remembers of one vault, from the reading of its header to its closing. */
export class Pins {
  readonly #options: PinOptions;
  readonly #vaultId: Uint8Array;
  #known: Pin | null;
  #isDamaged: boolean;
  #isUnwritable = false;

  /** Reads what is remembered of the vault that the header names. */
  constructor(header: VaultHeader, options: PinOptions) {
    this.#options = options;
    this.#vaultId = header.vaultId;
    const record = options.store.load(header.vaultId);
    const pin = record instanceof Uint8Array ? parsePin(record, header.vaultId) : null;
    this.#known = pin;
    this.#isDamaged = pin === null && record !== 'none';
  }

  get state(): PinsState {
    if (this.#isDamaged) return 'damaged';
    return this.#isUnwritable ? 'unwritable' : 'sound';
  }

  /** Step 4, before any KDF. Throws `vault/older-copy` and `vault/parameters-refused`. */
  assertHeader(header: VaultHeader): void {
    const pin = this.#known;
    if (pin === null || this.#options.acceptOlder) return;
    if (header.generation < pin.generation || header.epoch < pin.epoch) {
      throw olderCopy(pin, { of: 'header' });
    }
    const { kdf: least } = pin;
    if (least === null) return;
    if (header.slots.some(({ kdf }) => kdf !== null && costsLess(kdf, least))) {
      throw new VaultError('vault/parameters-refused', 'vault header: cheaper than it was', {
        details: { step: 'pins', seenAt: pin.seenAt },
      });
    }
  }

  /** Once the vault is open: is it as far as it was, and is the memory its own? Then it is brought up to date. */
  open(vault: Remembered): void {
    const pin = this.#known;
    if (pin !== null && isForged(pin, vault)) {
      this.#known = null;
      this.#isDamaged = true;
    } else if (pin !== null && !this.#options.acceptOlder) {
      // A manifest that cannot be read says nothing; the vault is reported as not intact for that.
      const { written } = vault;
      if (written !== null && written < pin.lamport) throw olderCopy(pin, newestIn(vault));
    }
    this.keep(vault);
  }

  /** Remembers what the file has now. That it cannot be written keeps nobody from the vault: see `state`. */
  keep({ ring: { header }, epoch, written }: Remembered): void {
    const pin: Pin = {
      vaultId: this.#vaultId,
      generation: header.generation,
      epoch: header.epoch,
      lamport: written ?? this.#known?.lamport ?? 0,
      seenAt: Math.max(0, Math.floor(this.#options.clock.now())),
      kdf: leastCost(header),
    };
    if (this.#known !== null && isSame(this.#known, pin)) return;
    try {
      this.#options.store.save(this.#vaultId, encodePin(pin, epoch.keys.pins));
    } catch (error) {
      if (!(error instanceof VaultError)) throw error;
      this.#isUnwritable = true;
      return;
    }
    this.#known = pin;
    this.#isUnwritable = false;
  }
}

/** A pin of another epoch lies under keys that nobody has any more, and cannot be judged. */
function isForged(pin: Pin, { ring, epoch }: Remembered): boolean {
  if (!('mac' in pin) || pin.epoch !== ring.header.epoch) return false;
  return !isAuthenticPin(pin as ParsedPin, epoch.keys.pins);
}

function leastCost({ slots }: VaultHeader): KdfParameters | null {
  let least: KdfParameters | null = null;
  for (const { kdf } of slots) {
    if (kdf !== null && (least === null || costsLess(kdf, least))) least = kdf;
  }
  return least;
}

function isSame(a: Pin, b: Pin): boolean {
  return (
    a.generation === b.generation &&
    a.epoch === b.epoch &&
    a.lamport === b.lamport &&
    JSON.stringify(a.kdf) === JSON.stringify(b.kdf)
  );
}

/** What there is to tell two copies apart by: when the newest of its items was changed. */
function newestIn({ table }: Remembered): ErrorDetails {
  let newest = 0;
  for (const { modifiedAt } of table.overviews()) newest = Math.max(newest, modifiedAt);
  return newest === 0 ? { of: 'rows' } : { of: 'rows', newestAt: newest };
}

function olderCopy({ seenAt }: Pin, details: ErrorDetails): VaultError {
  return new VaultError('vault/older-copy', 'vault: older than what this machine has seen of it', {
    details: { step: 'pins', seenAt, ...details },
  });
}
