// RegistrationResponseJSON and AuthenticationResponseJSON (WebAuthn Level 3, section 5.1, `toJSON()`).
// All binary members are base64url.
// SPDX-License-Identifier: MIT

interface CredentialJSON {
  readonly id: string;
  readonly rawId: string;
  readonly type: 'public-key';
  readonly authenticatorAttachment: 'platform' | 'cross-platform';
}

export interface RegistrationResponseJSON extends CredentialJSON {
  readonly response: {
    readonly clientDataJSON: string;
    readonly attestationObject: string;
    readonly authenticatorData: string;
    readonly transports: readonly string[];
    /** SubjectPublicKeyInfo. */
    readonly publicKey: string;
    /** COSEAlgorithmIdentifier. */
    readonly publicKeyAlgorithm: number;
  };
  readonly clientExtensionResults: { readonly credProps?: { readonly rk: boolean } };
}

export interface AuthenticationResponseJSON extends CredentialJSON {
  readonly response: {
    readonly clientDataJSON: string;
    readonly authenticatorData: string;
    readonly signature: string;
    readonly userHandle: string;
  };
  readonly clientExtensionResults: Readonly<Record<string, never>>;
}
