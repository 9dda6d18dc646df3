// The renderer's side of the IPC door: takes `window.vault` of this kind of window and turns each Result envelope into
// a value or an `ApiError`, exactly once. Secrets are sealed here: past this file a window holds no way to send them bare.
// Only types come from the table of requests, so no validator is bundled.
// SPDX-License-Identifier: MIT

import type { ErrorCode, ErrorDetails, Result } from '../shared/errors.ts';
import type { Channel, ChannelFor, InputOf, OutputOf, WindowKind } from '../shared/ipc/requests.ts';
import type {
  TypedVaultApi,
  VaultApi,
  VaultEvents,
  VaultPlatform,
} from '../shared/ipc/window-api.ts';
import type { SealingKey, Unsealed } from '../shared/sealed-secret.ts';
import { holdsBytes, SecretSealer } from './secrets/secret-sealer.ts';

/** A refusal or failure of the main side; the wording is in `error-sentences.ts`. */
export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause });
    this.name = 'ApiError';
    this.code = code;
    this.details = details;
  }
}

/** `window.vault` of a window of kind `W`, secrets still to be sealed, envelopes unwrapped. */
export type Api<W extends WindowKind> = {
  readonly [C in ChannelFor<W>]: (input: Unsealed<InputOf<C>>) => Promise<OutputOf<C>>;
};

/** Everything a page has of the outside world. */
export interface Connection<W extends WindowKind> {
  readonly api: Api<W>;
  readonly events: VaultEvents<W>;
  readonly platform: VaultPlatform;
}

const KEY_CHANNEL: Channel = 'vault:sealing-key';

/** What the preload has put into the page. */
interface Bridge<W extends WindowKind> {
  readonly vault: VaultApi<W>;
  readonly vaultEvents: VaultEvents<W>;
  readonly vaultPlatform: VaultPlatform;
}

type RawCall = (input: unknown) => Promise<Result<unknown>>;

/** The connection of this window, which its entry file states the kind of. */
export function connect<W extends WindowKind>(): Connection<W> {
  const bridge = globalThis as unknown as Bridge<W>;
  return {
    api: toApi(sealing(bridge.vault)),
    events: bridge.vaultEvents,
    platform: bridge.vaultPlatform,
  };
}

/** Calls `window.vault` with every secret sealed. */
export function sealing<W extends WindowKind>(vault: VaultApi<W>): TypedVaultApi<W> {
  const calls = vault as unknown as Readonly<Record<string, RawCall>>;
  const sealer = new SecretSealer(async () => {
    const askKey = calls[KEY_CHANNEL];
    if (askKey === undefined) throw new ApiError('ipc/internal');
    return unwrap(await settle(askKey, {})) as SealingKey;
  });
  const sealed = Object.entries(calls).map(([channel, call]) => [
    channel,
    (input: unknown) =>
      holdsBytes(input) ? sendSealed(sealer, { channel, call, input }) : call(input),
  ]);
  return Object.fromEntries(sealed) as TypedVaultApi<W>;
}

/** Wraps every function of `vault` so that it resolves with the value or rejects with an `ApiError`. */
export function toApi<W extends WindowKind>(vault: TypedVaultApi<W>): Api<W> {
  const calls = Object.entries(vault as unknown as Readonly<Record<string, RawCall>>);
  const wrapped = calls.map(([channel, call]) => [
    channel,
    async (input: unknown) => unwrap(await settle(call, input)),
  ]);
  return Object.fromEntries(wrapped) as Api<W>;
}

/** Seals anew, once, where the process that had the key has made room for another. */
async function sendSealed(
  sealer: SecretSealer,
  request: { readonly channel: string; readonly call: RawCall; readonly input: unknown },
): Promise<Result<unknown>> {
  const { channel, call, input } = request;
  const result = await call(await sealer.seal(channel, input));
  if (result.ok || result.error.code !== 'ipc/stale-sealing-key') return result;
  sealer.forgetKey();
  return await call(await sealer.seal(channel, input));
}

async function settle(call: RawCall, input: unknown): Promise<Result<unknown>> {
  try {
    return await call(input);
  } catch (cause) {
    if (cause instanceof ApiError) throw cause;
    // The door answers with envelopes; a rejection means that the door itself failed.
    throw new ApiError('ipc/internal', {}, cause);
  }
}

function unwrap(result: Result<unknown>): unknown {
  if (result.ok) return result.value;
  throw new ApiError(result.error.code, result.error.details);
}

/** Any thrown thing as an `ApiError`, for where one sentence has to be shown whatever happened. */
export function toApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError('ipc/internal', {}, error);
}
