// Port: where the site's page takes its ceremonies instead of to the browser. JSON forms of WebAuthn Level 3 in and
// out; the origin comes from the transport. All that a caller learns of a failure is the DOMException's name.
// SPDX-License-Identifier: MIT

export interface BridgeRequest {
  /** The request's `Origin` header, one of the site's own. */
  readonly origin: string;
  /** PublicKeyCredentialCreationOptionsJSON or PublicKeyCredentialRequestOptionsJSON, unchecked. */
  readonly options: unknown;
  /** Aborted when the page gives up, or the site stops. */
  readonly signal: AbortSignal;
}

export type BridgeResult =
  /** RegistrationResponseJSON or AuthenticationResponseJSON. */
  | { readonly ok: true; readonly credential: unknown }
  /** Name of the DOMException (or `TypeError`) that the page's call rejects with. */
  | { readonly ok: false; readonly name: string };

export interface CeremonyBridge {
  create(request: BridgeRequest): Promise<BridgeResult>;
  get(request: BridgeRequest): Promise<BridgeResult>;
}
