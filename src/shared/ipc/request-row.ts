// One row of the table of requests, and the shapes that several rooms' rows have in common.
// SPDX-License-Identifier: MIT

import { z } from 'zod';
import type { ItemId } from '../brand.ts';
import { HPKE_LENGTHS } from '../hpke-suite.ts';
import { sealedLength, type SealedSecret } from '../sealed-secret.ts';

/** The kinds of window: each has its own page, preload and session. */
export const WINDOW_KINDS = ['unlock', 'main', 'approval'] as const;
export type WindowKind = (typeof WINDOW_KINDS)[number];

/** Which state of the vault a request needs. */
export type LockRule = 'any' | 'locked' | 'unlocked';

/** The process whose handler answers; `main` forwards what belongs to `vault`. */
export type RequestOwner = 'main' | 'vault';

export declare const outputType: unique symbol;

export interface RequestRow<
  Input = unknown,
  Output = unknown,
  Windows extends readonly WindowKind[] = readonly WindowKind[],
  Owner extends RequestOwner = RequestOwner,
> {
  readonly input: z.ZodType<Input>;
  readonly lock: LockRule;
  readonly windows: Windows;
  readonly owner: Owner;
  /** Exists in the type alone. */
  readonly [outputType]?: Output;
}

/** Curried so that the output is stated while everything else is inferred. */
export function answers<Output>() {
  return <Input, const Windows extends readonly WindowKind[], Owner extends RequestOwner>(
    row: RequestRow<Input, Output, Windows, Owner>,
  ): RequestRow<Input, Output, Windows, Owner> => row;
}

/** Of the main window, with an open vault, answered by the vault process: most rows. */
export function vaultAnswers<Output>() {
  return <Input>(
    input: z.ZodType<Input>,
  ): RequestRow<Input, Output, readonly ['main'], 'vault'> => ({
    input,
    lock: 'unlocked',
    windows: ['main'],
    owner: 'vault',
  });
}

/** Of the main window, with an open vault, answered by main: what needs a dialog, the keystore or the clipboard. */
export function mainAnswers<Output>() {
  return <Input>(
    input: z.ZodType<Input>,
  ): RequestRow<Input, Output, readonly ['main'], 'main'> => ({
    input,
    lock: 'unlocked',
    windows: ['main'],
    owner: 'main',
  });
}

const bytes = z.instanceof(Uint8Array);
export const nothing = z.strictObject({});
export const itemId = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .transform((text) => text as ItemId);
/** Ids of one request; what acts on more says so in a query. */
export const itemIds = z.array(itemId).min(1).max(1000);
/** 16 random bytes in hex: names what stays on the main side. */
export const token = z.string().regex(/^[0-9a-f]{32}$/);
/** 8 random bytes in hex. */
export const shortId = z.string().regex(/^[0-9a-f]{16}$/);
/** A typed or pasted secret of at most `max` bytes, sealed in the window: nothing else is taken for one. */
export const sealedSecret = (max: number): z.ZodType<SealedSecret> =>
  z.strictObject({
    keyId: token,
    enc: bytes.refine(({ length }) => length === HPKE_LENGTHS.publicKey),
    ciphertext: bytes.refine(
      ({ length }) => length >= sealedLength(0) && length <= sealedLength(max),
    ),
  });
/** A master password, export password, PIN or the words of a recovery key: NFKC, UTF-8. */
export const sealedPassword = sealedSecret(4096);
export const line = (max: number) => z.string().max(max);
