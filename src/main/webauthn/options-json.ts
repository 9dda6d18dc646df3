// PublicKeyCredentialCreationOptionsJSON and PublicKeyCredentialRequestOptionsJSON (WebAuthn Level 3, sections
// 5.1.8 and 5.1.9), parsed from something unknown. Members that we do not use are ignored, as WebIDL ignores them;
// members that we use must have their JSON type: nothing is coerced. Deviations are in docs/webauthn-notes.md.
// SPDX-License-Identifier: MIT

import { z } from 'zod';
import type { CredentialId } from '../../shared/brand.ts';
import { fromBase64Url, toUtf8 } from '../../shared/bytes.ts';
import { CREDENTIAL_ID_LENGTH } from './authenticator-data.ts';
import type { PublicKeyCredentialDescriptor } from './credential-source.ts';
import { WebAuthnError } from './webauthn-error.ts';

export type UserVerificationRequirement = 'required' | 'preferred' | 'discouraged';

export interface PublicKeyCredentialParameters {
  readonly type: 'public-key';
  /** A COSEAlgorithmIdentifier, known to us or not. */
  readonly alg: number;
}

export interface CreationOptions {
  readonly rp: { readonly id: string | undefined; readonly name: string };
  readonly user: { readonly id: Uint8Array; readonly name: string; readonly displayName: string };
  readonly challenge: Uint8Array;
  /** In the order of the relying party; `null` where it gave none at all and the default applies. */
  readonly pubKeyCredParams: readonly PublicKeyCredentialParameters[] | null;
  readonly timeout: number | undefined;
  readonly excludeCredentials: readonly PublicKeyCredentialDescriptor[];
  readonly authenticatorAttachment: string | undefined;
  readonly residentKeyRequired: boolean;
  readonly userVerification: UserVerificationRequirement;
  readonly asksCredProps: boolean;
}

export interface RequestOptions {
  readonly challenge: Uint8Array;
  readonly timeout: number | undefined;
  readonly rpId: string | undefined;
  /** `null`: any discoverable credential. Empty: credentials were named, but none of a type we know. */
  readonly allowCredentials: readonly PublicKeyCredentialDescriptor[] | null;
  readonly userVerification: UserVerificationRequirement;
}

/** Of the options as JSON text; the test site's bridge has the same limit on its bodies. */
const MAX_OPTIONS_LENGTH = 1024 * 1024;
/** Section 5.4.3: "a user handle is an opaque byte sequence with a maximum size of 64 bytes". */
const USER_HANDLE_LENGTH = { min: 1, max: 64 };
/** Section 6.4.1 lets us truncate names, to no less than 64 bytes. */
const MAX_NAME_BYTES = 1024;

const base64Url = z.string().transform((text, context) => {
  try {
    return fromBase64Url(text);
  } catch {
    // The one failure of fromBase64Url becomes zod's issue; its text would add nothing but our wording.
    context.addIssue({ code: 'custom', message: 'expected base64url' });
    return z.NEVER;
  }
});
const name = z.string().transform(truncateName);
const descriptors = z.array(z.object({ type: z.string(), id: base64Url }));
const timeout = z.number().min(0).optional();
const challenge = base64Url;

const creationOptions = z.object({
  rp: z.object({ id: z.string().optional(), name }),
  user: z.object({ id: base64Url, name, displayName: name }),
  challenge,
  pubKeyCredParams: z.array(z.object({ type: z.string(), alg: z.int() })),
  timeout,
  excludeCredentials: descriptors.optional(),
  authenticatorSelection: z
    .object({
      authenticatorAttachment: z.string().optional(),
      residentKey: z.string().optional(),
      requireResidentKey: z.boolean().optional(),
      userVerification: z.string().optional(),
    })
    .optional(),
  extensions: z.object({ credProps: z.boolean().optional() }).optional(),
});

const requestOptions = z.object({
  challenge,
  timeout,
  rpId: z.string().optional(),
  allowCredentials: descriptors.optional(),
  userVerification: z.string().optional(),
});

/** Throws `WebAuthnError` (TypeError to the page) on anything that is not creation options. */
export function parseCreationOptions(json: unknown): CreationOptions {
  const options = parseWith(creationOptions, json);
  assertChallenge(options.challenge);
  // Section 5.1.3, step 5.
  const { length } = options.user.id;
  if (length < USER_HANDLE_LENGTH.min || length > USER_HANDLE_LENGTH.max) {
    throw new WebAuthnError('user-handle-length');
  }
  const selection = options.authenticatorSelection ?? {};
  return {
    rp: { id: options.rp.id, name: options.rp.name },
    user: options.user,
    challenge: options.challenge,
    pubKeyCredParams: toKnownParameters(options.pubKeyCredParams),
    timeout: options.timeout,
    excludeCredentials: toDescriptors(options.excludeCredentials ?? []),
    authenticatorAttachment: toKnown(selection.authenticatorAttachment, [
      'platform',
      'cross-platform',
    ]),
    residentKeyRequired: isResidentKeyRequired(selection),
    userVerification: toUserVerification(selection.userVerification),
    asksCredProps: options.extensions?.credProps === true,
  };
}

/** Throws `WebAuthnError` (TypeError to the page) on anything that is not request options. */
export function parseRequestOptions(json: unknown): RequestOptions {
  const options = parseWith(requestOptions, json);
  assertChallenge(options.challenge);
  const allowed = options.allowCredentials ?? [];
  return {
    challenge: options.challenge,
    timeout: options.timeout,
    rpId: options.rpId,
    allowCredentials: allowed.length === 0 ? null : toDescriptors(allowed),
    userVerification: toUserVerification(options.userVerification),
  };
}

/** Parses a snapshot: what the caller still holds may change, and may have getters or a prototype. */
function parseWith<T>(schema: z.ZodType<T>, json: unknown): T {
  const parsed = schema.safeParse(takeSnapshot(json));
  if (parsed.success) return parsed.data;
  const path = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new WebAuthnError('options-malformed', { message: `options: malformed at "${path}"` });
}

function takeSnapshot(json: unknown): unknown {
  const text = toJsonText(json);
  if (text === undefined) throw new WebAuthnError('options-malformed');
  if (text.length > MAX_OPTIONS_LENGTH) throw new WebAuthnError('options-too-large');
  return JSON.parse(text);
}

/** `undefined` for what JSON has no text for. */
function toJsonText(json: unknown): string | undefined {
  try {
    return JSON.stringify(json);
  } catch (cause) {
    throw new WebAuthnError('options-malformed', { cause });
  }
}

/** Deviation: the standard asks relying parties for 16 random bytes, but clients for nothing. We refuse none. */
function assertChallenge(bytes: Uint8Array): void {
  if (bytes.length === 0) throw new WebAuthnError('empty-challenge');
}

/** Section 5.1.3, step 10: unknown types are skipped; that nothing remains is the client's to judge. */
function toKnownParameters(
  parameters: readonly { type: string; alg: number }[],
): readonly PublicKeyCredentialParameters[] | null {
  if (parameters.length === 0) return null;
  return parameters.flatMap(({ type, alg }) => (type === 'public-key' ? [{ type, alg }] : []));
}

/** Section 5.8.3: descriptors of a type that we do not know are ignored; an impossible id matches nothing. */
function toDescriptors(
  items: readonly { type: string; id: Uint8Array }[],
): readonly PublicKeyCredentialDescriptor[] {
  return items.flatMap(({ type, id }) =>
    type === 'public-key' && id.length > 0 && id.length <= CREDENTIAL_ID_LENGTH.max
      ? [{ type, id: id as CredentialId }]
      : [],
  );
}

/** Section 5.4.4: `requireResidentKey` counts where `residentKey` is absent or unknown. */
function isResidentKeyRequired(selection: {
  residentKey?: string | undefined;
  requireResidentKey?: boolean | undefined;
}): boolean {
  const values = ['required', 'preferred', 'discouraged'] as const;
  const residentKey = toKnown(selection.residentKey, values);
  return residentKey === undefined
    ? selection.requireResidentKey === true
    : residentKey === 'required';
}

/** Sections 5.4.4 and 5.5: `preferred` by default, and in place of what we do not know. */
function toUserVerification(value: string | undefined): UserVerificationRequirement {
  return toKnown(value, ['required', 'preferred', 'discouraged'] as const) ?? 'preferred';
}

/** Section 2.1.1: an unknown value is treated as if the member did not exist. */
function toKnown<T extends string>(value: string | undefined, known: readonly T[]): T | undefined {
  return known.find((candidate) => candidate === value);
}

/** At most `MAX_NAME_BYTES` of UTF-8, cut between code points; lone surrogates replaced. */
function truncateName(text: string): string {
  const whole = text.toWellFormed();
  if (whole.length * 3 <= MAX_NAME_BYTES || toUtf8(whole).length <= MAX_NAME_BYTES) return whole;
  let kept = '';
  let length = 0;
  for (const character of whole) {
    length += toUtf8(character).length;
    if (length > MAX_NAME_BYTES) break;
    kept += character;
  }
  return kept;
}
