// The types of what a preload puts into its page: one function per channel, one per event, nothing generic.
// SPDX-License-Identifier: MIT

import type { Result } from '../errors.ts';
import type { Unsealed } from '../sealed-secret.ts';
import type { EventFor, EventPayloads } from './events.ts';
import type { ChannelFor, InputOf, OutputOf, WindowKind } from './requests.ts';

/** `window.vault` of a window of kind `W`. */
export type VaultApi<W extends WindowKind> = {
  readonly [C in ChannelFor<W>]: (input: InputOf<C>) => Promise<Result<OutputOf<C>>>;
};

/** The same for what stands before the seal: secrets are bytes there. */
export type TypedVaultApi<W extends WindowKind> = {
  readonly [C in ChannelFor<W>]: (input: Unsealed<InputOf<C>>) => Promise<Result<OutputOf<C>>>;
};

/** `window.vaultEvents` of a window of kind `W`: each function subscribes and returns the way to stop. */
export type VaultEvents<W extends WindowKind> = {
  readonly [E in EventFor<W>]: (listener: (payload: EventPayloads[E]) => void) => () => void;
};

/** `window.vaultPlatform`: what the page may know of where it runs. */
export interface VaultPlatform {
  readonly os: 'linux' | 'darwin' | 'win32';
}
