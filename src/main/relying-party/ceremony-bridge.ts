// The way of the test site's ceremonies into the vault process and back.
// SPDX-License-Identifier: MIT

import { AppError } from '../../shared/errors.ts';
import type { CeremonyReport } from '../../shared/model/ceremony.ts';
import type { CeremonyOutcome, CeremonyRequest } from '../link/vault-link.ts';
import type { BridgeRequest, BridgeResult, CeremonyBridge } from './bridge.ts';

export interface BridgePorts {
  /** Asks the vault process; rejects when it ends meanwhile. */
  readonly ask: (
    operation: 'create' | 'get',
    request: CeremonyRequest,
    signal: AbortSignal,
  ) => Promise<CeremonyOutcome>;
  /** The vault to be unlocked if it is locked. */
  readonly vaultPath: () => string | null;
  readonly now: () => number;
  readonly onEnded: (report: CeremonyReport) => void;
}

export function ceremonyBridge(ports: BridgePorts): CeremonyBridge {
  const run = async (
    operation: 'create' | 'get',
    { origin, options, signal }: BridgeRequest,
  ): Promise<BridgeResult> => {
    const request = { source: 'test-site', origin, options, vaultPath: ports.vaultPath() } as const;
    const about = { operation, origin, at: ports.now() };
    const { credential, report } =
      request.vaultPath === null
        ? withoutVault(about)
        : await ports
            .ask(operation, request, signal)
            .catch((error: unknown) => unanswered(error, about));
    ports.onEnded(report);
    if (report.errorName !== null) return { ok: false, name: report.errorName };
    return { ok: true, credential };
  };
  return {
    create: (request) => run('create', request),
    get: (request) => run('get', request),
  };
}

type About = Pick<CeremonyReport, 'operation' | 'origin' | 'at'>;

/** Nobody has made a vault yet: there is nothing to unlock, so nobody is asked. */
function withoutVault(about: About): CeremonyOutcome {
  const ended = { reason: 'vault-locked', errorName: 'NotAllowedError' } as const;
  return { credential: null, report: { ...about, rpId: null, ...ended } };
}

/** The vault was locked or the page gave up while the vault process was at it. */
function unanswered(error: unknown, about: About): CeremonyOutcome {
  const isAborted = error instanceof AppError && error.code === 'ipc/cancelled';
  const isLocked = error instanceof AppError && error.code === 'ipc/vault-process-ended';
  const ended = isAborted
    ? ({ reason: 'aborted', errorName: 'AbortError' } as const)
    : isLocked
      ? ({ reason: 'vault-locked', errorName: 'NotAllowedError' } as const)
      : ({ reason: 'internal', errorName: 'UnknownError' } as const);
  return { credential: null, report: { ...about, rpId: null, ...ended } };
}
