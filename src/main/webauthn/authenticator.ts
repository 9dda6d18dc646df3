// What a ceremony is made of: the Authenticator that the client speaks to, and the ports that the software
// authenticator stands on (where passkeys are kept, whether the vault is open; whom to ask is in user-consent.ts).
// SPDX-License-Identifier: MIT

import type { ClientDataHash, CredentialId } from '../../shared/brand.ts';
import type { SecretBytes } from '../crypto/secret-bytes.ts';
import type { AuthorizationGestures } from './authorization-gestures.ts';
import type {
  PublicKeyCredentialDescriptor,
  PublicKeyCredentialSource,
} from './credential-source.ts';
import type { PublicKeyCredentialParameters } from './options-json.ts';

/** WebAuthn Level 3, section 6.3: an authenticator as the client sees it. */
export interface Authenticator {
  readonly aaguid: Uint8Array;
  readonly attachment: 'platform' | 'cross-platform';
  /** Members of AuthenticatorTransport, in lexicographical order. */
  readonly transports: readonly string[];
  /** COSEAlgorithmIdentifiers that it can make credentials for. */
  readonly algorithms: readonly number[];
  readonly storesDiscoverableCredentials: boolean;
  readonly verifiesUsers: boolean;

  /** authenticatorMakeCredential. Throws `WebAuthnError`. */
  makeCredential(
    request: MakeCredentialRequest,
    gestures: AuthorizationGestures,
  ): Promise<MakeCredentialResponse>;

  /** authenticatorGetAssertion. Throws `WebAuthnError`. */
  getAssertion(
    request: GetAssertionRequest,
    gestures: AuthorizationGestures,
  ): Promise<GetAssertionResponse>;
}

/** Section 6.3.2, input parameters; `requireUserPresence` is always true. */
export interface MakeCredentialRequest {
  readonly hash: ClientDataHash;
  readonly rpEntity: { readonly id: string; readonly name: string };
  readonly userEntity: {
    readonly id: Uint8Array;
    readonly name: string;
    readonly displayName: string;
  };
  readonly requireResidentKey: boolean;
  readonly requireUserVerification: boolean;
  /** Most preferred first. */
  readonly credTypesAndPubKeyAlgs: readonly PublicKeyCredentialParameters[];
  readonly excludeCredentialDescriptorList: readonly PublicKeyCredentialDescriptor[];
}

export interface MakeCredentialResponse {
  readonly attestationObject: Uint8Array;
  /** For the extension `credProps`: whether the credential is discoverable. */
  readonly isDiscoverable: boolean;
}

/** Section 6.3.3, input parameters; `requireUserPresence` is always true. */
export interface GetAssertionRequest {
  readonly rpId: string;
  readonly hash: ClientDataHash;
  /** `null` when not supplied: any discoverable credential will do. */
  readonly allowCredentialDescriptorList: readonly PublicKeyCredentialDescriptor[] | null;
  readonly requireUserVerification: boolean;
}

export interface GetAssertionResponse {
  readonly credentialId: CredentialId;
  readonly authenticatorData: Uint8Array;
  readonly signature: Uint8Array;
  /** Always there: all our credentials are discoverable. */
  readonly userHandle: Uint8Array;
}

/** Port: passkeys in the open vault. Everything throws `vault/locked` when it is not open. */
export interface CredentialStore {
  /** All sources of exactly this RP ID, most recently made first. */
  findByRpId(rpId: string): Promise<readonly PublicKeyCredentialSource[]>;
  /**
   * Adds a passkey, beside others of the same account. Durable before it resolves, all or nothing.
   * Takes ownership of `privateKey` (PKCS#8), whether it succeeds or not.
   */
  save(source: PublicKeyCredentialSource, privateKey: SecretBytes): Promise<void>;
  /** The PKCS#8 private key; the caller disposes of it. Rejects where there is none. */
  openPrivateKey(credentialId: CredentialId): Promise<SecretBytes>;
}

/** Port: whether there is anything to look into. A locked vault is offered to be unlocked, not skipped. */
export interface VaultGate {
  isUnlocked(): boolean;
}
