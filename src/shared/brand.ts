// Nominal types over plain values, so that two things of one shape cannot be swapped.
// SPDX-License-Identifier: MIT

declare const brand: unique symbol;

/** `T` that only a named conversion can produce. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** 16 random bytes as 32 lower-case hex digits; says nothing about the item. */
export type ItemId = Brand<string, 'ItemId'>;
/** 16 random bytes as 32 lower-case hex digits; names one installation in revisions. */
export type DeviceId = Brand<string, 'DeviceId'>;
/** Raw credential id (WebAuthn, "credential ID"): 16 to 1023 bytes. */
export type CredentialId = Brand<Uint8Array, 'CredentialId'>;
/** SHA-256 of the RP ID, 32 bytes. */
export type RpIdHash = Brand<Uint8Array, 'RpIdHash'>;
/** SHA-256 of the serialised client data, 32 bytes (WebAuthn, "hash of the serialized client data"). */
export type ClientDataHash = Brand<Uint8Array, 'ClientDataHash'>;
