// Ceremonies: one request of a page through the WebAuthn client, and the account of how it ended.
// SPDX-License-Identifier: MIT

import type { Clock } from '../../shared/clock.ts';
import type { CeremonyReport } from '../../shared/model/ceremony.ts';
import type { CeremonyOutcome, CeremonyRequest } from '../link/vault-link.ts';
import type { WebAuthnClient } from '../webauthn/client.ts';
import { toWebAuthnError } from '../webauthn/webauthn-error.ts';

export interface CeremonyPorts {
  /** A client whose consent unlocks the vault at `vaultPath`, if it comes to that. */
  readonly clientFor: (vaultPath: string | null) => WebAuthnClient;
  readonly clock: Clock;
}

export class CeremonyService {
  readonly #ports: CeremonyPorts;

  constructor(ports: CeremonyPorts) {
    this.#ports = ports;
  }

  create(request: CeremonyRequest, signal: AbortSignal): Promise<CeremonyOutcome> {
    return this.#run('create', request, signal);
  }

  get(request: CeremonyRequest, signal: AbortSignal): Promise<CeremonyOutcome> {
    return this.#run('get', request, signal);
  }

  async #run(
    operation: 'create' | 'get',
    request: CeremonyRequest,
    signal: AbortSignal,
  ): Promise<CeremonyOutcome> {
    const { source, origin, options, vaultPath } = request;
    const about = { operation, origin, rpId: rpIdIn(operation, options) };
    try {
      const client = this.#ports.clientFor(vaultPath);
      const credential = await client[operation]({ source, origin, options, signal });
      return {
        credential,
        report: this.#report({ ...about, reason: 'completed', errorName: null }),
      };
    } catch (thrown) {
      const error = toWebAuthnError(thrown);
      const ended = { reason: error.reason, errorName: error.domExceptionName };
      return { credential: null, report: this.#report({ ...about, ...ended }) };
    }
  }

  #report(report: Omit<CeremonyReport, 'at'>): CeremonyReport {
    return { at: this.#ports.clock.now(), ...report };
  }
}

/** The RP ID that the page asked for, as far as its options can be read: for the account, not for any check. */
function rpIdIn(operation: 'create' | 'get', options: unknown): string | null {
  const rpId =
    operation === 'create' ? member(member(options, 'rp'), 'id') : member(options, 'rpId');
  return typeof rpId === 'string' && rpId.length <= 253 ? rpId : null;
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}
