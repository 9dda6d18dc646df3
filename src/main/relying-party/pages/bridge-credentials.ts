// `navigator.credentials.create()` and `.get()` by way of Latchkey: takes the options that a page would give the
// browser, and returns what a page would get from it, a PublicKeyCredential in all but its class.
// SPDX-License-Identifier: MIT

import { fromBase64Url, toBase64Url } from '../../../shared/bytes.ts';

export type BridgeAnswer =
  | { readonly ok: true; readonly credential: RegistrationJSON | AuthenticationJSON }
  | { readonly ok: false; readonly name: string };

/** Sends options in their JSON form over the bridge; rejects like `fetch` when `signal` is aborted. */
export type BridgeCall = (
  operation: 'create' | 'get',
  options: object,
  signal: AbortSignal | undefined,
) => Promise<BridgeAnswer>;

interface CredentialJSON {
  readonly id: string;
  readonly rawId: string;
  readonly type: 'public-key';
  readonly authenticatorAttachment: string;
  readonly clientExtensionResults: Readonly<Record<string, unknown>>;
}

export interface RegistrationJSON extends CredentialJSON {
  readonly response: {
    readonly clientDataJSON: string;
    readonly attestationObject: string;
    readonly authenticatorData: string;
    readonly transports: readonly string[];
    readonly publicKey: string;
    readonly publicKeyAlgorithm: number;
  };
}

export interface AuthenticationJSON extends CredentialJSON {
  readonly response: {
    readonly clientDataJSON: string;
    readonly authenticatorData: string;
    readonly signature: string;
    readonly userHandle: string;
  };
}

/** The part of a PublicKeyCredential that every page uses. */
export interface BridgedCredential {
  readonly id: string;
  readonly rawId: ArrayBuffer;
  readonly type: string;
  readonly authenticatorAttachment: string | null;
  readonly response: object;
  getClientExtensionResults(): object;
  toJSON(): object;
}

export interface BridgedCredentials {
  create(options: CredentialCreationOptions): Promise<BridgedCredential>;
  get(options: CredentialRequestOptions): Promise<BridgedCredential>;
}

export function bridgedCredentials(call: BridgeCall): BridgedCredentials {
  return {
    async create({ publicKey, signal }) {
      const json = await ask(call, 'create', { publicKey, signal });
      return toCredential(
        json,
        'attestationObject' in json.response ? toAttestation(json.response) : {},
      );
    },
    async get({ publicKey, signal }) {
      const json = await ask(call, 'get', { publicKey, signal });
      return toCredential(json, 'signature' in json.response ? toAssertion(json.response) : {});
    },
  };
}

async function ask(
  call: BridgeCall,
  operation: 'create' | 'get',
  { publicKey, signal }: { publicKey: object | undefined; signal: AbortSignal | undefined },
): Promise<RegistrationJSON | AuthenticationJSON> {
  if (publicKey === undefined) {
    throw new DOMException('Only publicKey credentials are bridged.', 'NotSupportedError');
  }
  signal?.throwIfAborted();
  const answer = await call(operation, toJsonForm(publicKey) as object, signal);
  if (answer.ok) return answer.credential;
  if (answer.name === 'TypeError') throw new TypeError('The options are not valid.');
  throw new DOMException('The operation did not succeed.', answer.name);
}

/** Every BufferSource becomes base64url, as in the JSON forms of the options; the rest stays as it is. */
function toJsonForm(value: unknown): unknown {
  if (value instanceof ArrayBuffer) return toBase64Url(new Uint8Array(value));
  if (ArrayBuffer.isView(value)) {
    return toBase64Url(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  }
  if (Array.isArray(value)) return value.map(toJsonForm);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return Object.fromEntries(entries.map(([key, entry]) => [key, toJsonForm(entry)]));
}

function toCredential(
  json: RegistrationJSON | AuthenticationJSON,
  response: object,
): BridgedCredential {
  return {
    id: json.id,
    rawId: toBuffer(json.rawId),
    type: json.type,
    authenticatorAttachment: json.authenticatorAttachment,
    response,
    getClientExtensionResults: () => json.clientExtensionResults,
    toJSON: () => json,
  };
}

function toAttestation(response: RegistrationJSON['response']): object {
  return {
    clientDataJSON: toBuffer(response.clientDataJSON),
    attestationObject: toBuffer(response.attestationObject),
    getAuthenticatorData: () => toBuffer(response.authenticatorData),
    getTransports: () => [...response.transports],
    getPublicKey: () => toBuffer(response.publicKey),
    getPublicKeyAlgorithm: () => response.publicKeyAlgorithm,
  };
}

function toAssertion(response: AuthenticationJSON['response']): object {
  return {
    clientDataJSON: toBuffer(response.clientDataJSON),
    authenticatorData: toBuffer(response.authenticatorData),
    signature: toBuffer(response.signature),
    userHandle: toBuffer(response.userHandle),
  };
}

function toBuffer(text: string): ArrayBuffer {
  return fromBase64Url(text).buffer;
}
