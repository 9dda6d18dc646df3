// The ways into a vault, as far as a window may know them: key slots, quick unlock, what a change of keys reports.
// SPDX-License-Identifier: MIT

import type { SealedSecret } from '../sealed-secret.ts';

/** What opens a slot. The tables of the format know more types than are listed here only once they can be made. */
export const SLOT_TYPES = ['password', 'password-key-file', 'recovery'] as const;
export type SlotType = (typeof SLOT_TYPES)[number];

export interface KeySlotInfo {
  /** 16 random bytes in hex. */
  readonly id: string;
  readonly type: SlotType;
  /** Given by the person; empty where it has none. */
  readonly name: string;
  readonly createdAt: number;
  /** Argon2id of this slot; null where there is no password to stretch. */
  readonly kdf: {
    readonly memoryMib: number;
    readonly passes: number;
    readonly lanes: number;
  } | null;
}

/** What a locked file says of itself without a secret: which ways in it has. */
export interface VaultWays {
  readonly slots: readonly SlotType[];
  readonly quickUnlock: QuickUnlockState;
}

export type QuickUnlockState =
  | {
      readonly is: 'ready';
      readonly by: 'pin' | 'touch-id';
      readonly triesLeft: number;
      readonly expiresAt: number;
    }
  | { readonly is: 'off' }
  /** The keystore of this system is not real, or there is none. */
  | { readonly is: 'unavailable'; readonly reason: 'no-keystore' };

/** A secret that a person can present; all bytes are NFKC, UTF-8, owned and zeroed by the receiver. */
export type PresentedSecret<Secret = Uint8Array> =
  | { readonly type: 'password'; readonly password: Secret }
  /** `keyFile` names a file chosen through `keys:choose-key-file`. */
  | { readonly type: 'password-key-file'; readonly password: Secret; readonly keyFile: string }
  /** 24 words, or the text of the QR code. */
  | { readonly type: 'recovery'; readonly words: Secret };

/** As it leaves a window. */
export type SealedPresentedSecret = PresentedSecret<SealedSecret>;

export interface RecoverySheet {
  /** Names the key until it is confirmed or given up. */
  readonly token: string;
  /** 24 words; shown once. */
  readonly words: readonly string[];
  readonly qr: QrCode;
  /** Which words are asked for again, from 0. */
  readonly rehearsal: readonly number[];
}

/** A QR code as it is drawn: `size` rows of `size` modules, one byte each, 1 for dark; no quiet zone. */
export interface QrCode {
  readonly size: number;
  readonly modules: Uint8Array;
}

export interface KeyFileChoice {
  readonly token: string;
  readonly fileName: string;
}

/** What unlocking did besides opening. */
export interface UnlockNotice {
  /** The cost of the KDF was below today's and has been raised. */
  readonly isCostRaised: boolean;
  /** Items that had lain in the trash for more than 30 days and are gone. */
  readonly trashEmptied: number;
  readonly pins: PinsState;
}

/** What this machine remembers of a vault was as it should be, was damaged or changed, or cannot be written. */
export type PinsState = 'sound' | 'damaged' | 'unwritable';
