// The WebAuthn client (Level 3, sections 5.1.3 `[[Create]]` and 5.1.4.1 `[[DiscoverFromExternalSource]]`), as far
// as its steps apply outside a browser. The caller's origin comes from the transport, never from the options.
// SPDX-License-Identifier: MIT

import type { ClientDataHash } from '../../shared/brand.ts';
import { toBase64Url } from '../../shared/bytes.ts';
import type { CeremonySource } from '../../shared/model/approval.ts';
import { toAlgorithmIdentifier } from '../codec/cose.ts';
import { encodeSubjectPublicKeyInfo } from '../codec/der.ts';
import { parseAttestationObject } from './attestation-object.ts';
import { parseAuthenticatorData } from './authenticator-data.ts';
import type {
  Authenticator,
  GetAssertionResponse,
  MakeCredentialRequest,
  MakeCredentialResponse,
} from './authenticator.ts';
import { runCeremony, toLifetimeMs, type CeremonyPorts, type CeremonyTerms } from './ceremony.ts';
import { encodeClientData, hashClientData } from './client-data.ts';
import {
  parseCreationOptions,
  parseRequestOptions,
  type CreationOptions,
  type PublicKeyCredentialParameters,
  type UserVerificationRequirement,
} from './options-json.ts';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from './response-json.ts';
import { determineRpId, parseCallerOrigin } from './rp-id.ts';
import { toWebAuthnError, WebAuthnError } from './webauthn-error.ts';

export interface ClientPorts extends CeremonyPorts {
  readonly authenticator: Authenticator;
}

/** One call of `navigator.credentials.create()` or `.get()` from a caller that is its own top-level page. */
export interface ClientRequest {
  readonly source: CeremonySource;
  /** What the transport says the caller's origin is. */
  readonly origin: string;
  /** PublicKeyCredentialCreationOptionsJSON or PublicKeyCredentialRequestOptionsJSON, unchecked. */
  readonly options: unknown;
  readonly signal?: AbortSignal;
}

/** Section 5.1.3, step 10: what an empty `pubKeyCredParams` stands for, ES256 and RS256. */
const DEFAULT_PARAMETERS: readonly PublicKeyCredentialParameters[] = [
  { type: 'public-key', alg: -7 },
  { type: 'public-key', alg: -257 },
];

export class WebAuthnClient {
  readonly #ports: ClientPorts;

  constructor(ports: ClientPorts) {
    this.#ports = ports;
  }

  /** Section 5.1.3. Throws `WebAuthnError`, whose `domExceptionName` is all that the caller may learn. */
  async create(request: ClientRequest): Promise<RegistrationResponseJSON> {
    try {
      return await this.#create(request);
    } catch (error) {
      throw toWebAuthnError(error);
    }
  }

  /** Section 5.1.4.1. Throws `WebAuthnError`, whose `domExceptionName` is all that the caller may learn. */
  async get(request: ClientRequest): Promise<AuthenticationResponseJSON> {
    try {
      return await this.#get(request);
    } catch (error) {
      throw toWebAuthnError(error);
    }
  }

  async #create(request: ClientRequest): Promise<RegistrationResponseJSON> {
    // 1. to 5. The options, the timer's length, the length of the user handle.
    const options = parseCreationOptions(request.options);
    // 6. and 7. The caller's origin and its effective domain.
    const origin = parseCallerOrigin(request.origin);
    // 8. The RP ID.
    const rpId = determineRpId(origin, options.rp.id);
    // 9. and 10. The algorithms.
    const algorithms = options.pubKeyCredParams ?? DEFAULT_PARAMETERS;
    if (algorithms.length === 0) throw new WebAuthnError('no-common-algorithm');
    // 11. and 12. Extensions: `credProps` needs the authenticator's answer only; others are not supported yet.
    // 13. to 15. The client data.
    const data = { type: 'webauthn.create', challenge: options.challenge } as const;
    const clientDataJSON = encodeClientData({
      ...data,
      origin: origin.serialized,
      crossOrigin: false,
    });
    // 18. and 21. The one authenticator here is a candidate, or nothing is.
    const makeRequest = this.#toMakeRequest(options, {
      rpId,
      algorithms,
      hash: hashClientData(clientDataJSON),
    });
    // 16., 20. and 21. The abort signal, the timer, the operation.
    const terms = toTerms(request, origin.serialized, options);
    const made = await runCeremony(this.#ports, terms, (gestures) =>
      this.#ports.authenticator.makeCredential(makeRequest, gestures),
    );
    return this.#toRegistrationResponse(made, clientDataJSON, options.asksCredProps);
  }

  async #get(request: ClientRequest): Promise<AuthenticationResponseJSON> {
    // 1. to 4. The options and the timer's length.
    const options = parseRequestOptions(request.options);
    // 5. and 6. The caller's origin and its effective domain.
    const origin = parseCallerOrigin(request.origin);
    // 7. The RP ID.
    const rpId = determineRpId(origin, options.rpId);
    // 8. and 9. Extensions: none are supported yet.
    // 10. to 12. The client data.
    const data = { type: 'webauthn.get', challenge: options.challenge } as const;
    const clientDataJSON = encodeClientData({
      ...data,
      origin: origin.serialized,
      crossOrigin: false,
    });
    const getRequest = {
      rpId,
      hash: hashClientData(clientDataJSON),
      allowCredentialDescriptorList: options.allowCredentials,
      requireUserVerification: this.#isVerificationWanted(options.userVerification),
    };
    // 13., 18. and 19. The abort signal, the timer, the operation.
    const terms = toTerms(request, origin.serialized, options);
    const assertion = await runCeremony(this.#ports, terms, (gestures) =>
      this.#ports.authenticator.getAssertion(getRequest, gestures),
    );
    return this.#toAuthenticationResponse(assertion, clientDataJSON);
  }

  /** Section 5.1.3, step 21, "If an authenticator becomes available". */
  #toMakeRequest(
    options: CreationOptions,
    determined: {
      rpId: string;
      algorithms: readonly PublicKeyCredentialParameters[];
      hash: ClientDataHash;
    },
  ): MakeCredentialRequest {
    const { authenticator } = this.#ports;
    const { authenticatorAttachment: attachment, userVerification } = options;
    const isCandidate =
      (attachment === undefined || attachment === authenticator.attachment) &&
      (!options.residentKeyRequired || authenticator.storesDiscoverableCredentials) &&
      (userVerification !== 'required' || authenticator.verifiesUsers);
    // Deviation: these answers do not wait for the timer, nor for the person, on whom they do not depend; and
    // that no algorithm is in common is said as NotSupportedError.
    if (!isCandidate) throw new WebAuthnError('no-suitable-authenticator');
    if (!determined.algorithms.some(({ alg }) => authenticator.algorithms.includes(alg))) {
      throw new WebAuthnError('no-common-algorithm');
    }
    return {
      hash: determined.hash,
      rpEntity: { id: determined.rpId, name: options.rp.name },
      userEntity: options.user,
      requireResidentKey: authenticator.storesDiscoverableCredentials,
      requireUserVerification: this.#isVerificationWanted(userVerification),
      credTypesAndPubKeyAlgs: determined.algorithms,
      excludeCredentialDescriptorList: options.excludeCredentials,
    };
  }

  /** The effective user verification requirement: `preferred` is a wish that a capable authenticator grants. */
  #isVerificationWanted(requirement: UserVerificationRequirement): boolean {
    return (
      requirement === 'required' ||
      (requirement === 'preferred' && this.#ports.authenticator.verifiesUsers)
    );
  }

  #toRegistrationResponse(
    made: MakeCredentialResponse,
    clientDataJSON: Uint8Array,
    asksCredProps: boolean,
  ): RegistrationResponseJSON {
    const { authData } = parseAttestationObject(made.attestationObject);
    const attested = parseAuthenticatorData(authData).attestedCredentialData;
    if (attested === null) throw new WebAuthnError('internal');
    const { credentialId, credentialPublicKey } = attested;
    const id = toBase64Url(credentialId);
    return {
      id,
      rawId: id,
      type: 'public-key',
      authenticatorAttachment: this.#ports.authenticator.attachment,
      response: {
        clientDataJSON: toBase64Url(clientDataJSON),
        attestationObject: toBase64Url(made.attestationObject),
        authenticatorData: toBase64Url(authData),
        transports: this.#ports.authenticator.transports,
        publicKey: toBase64Url(encodeSubjectPublicKeyInfo(credentialPublicKey)),
        publicKeyAlgorithm: toAlgorithmIdentifier(credentialPublicKey.algorithm),
      },
      clientExtensionResults: asksCredProps ? { credProps: { rk: made.isDiscoverable } } : {},
    };
  }

  #toAuthenticationResponse(
    assertion: GetAssertionResponse,
    clientDataJSON: Uint8Array,
  ): AuthenticationResponseJSON {
    const id = toBase64Url(assertion.credentialId);
    return {
      id,
      rawId: id,
      type: 'public-key',
      authenticatorAttachment: this.#ports.authenticator.attachment,
      response: {
        clientDataJSON: toBase64Url(clientDataJSON),
        authenticatorData: toBase64Url(assertion.authenticatorData),
        signature: toBase64Url(assertion.signature),
        userHandle: toBase64Url(assertion.userHandle),
      },
      clientExtensionResults: {},
    };
  }
}

function toTerms(
  request: ClientRequest,
  origin: string,
  options: { timeout: number | undefined; userVerification: UserVerificationRequirement },
): CeremonyTerms {
  return {
    source: request.source,
    origin,
    lifetimeMs: toLifetimeMs(options.timeout, options.userVerification),
    signal: request.signal,
  };
}
