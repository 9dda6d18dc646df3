// The second table: what main asks of the vault process beyond the windows' own requests, what the vault process asks
// of main, and what it announces. Types only; both processes are ours and started from one build.
// SPDX-License-Identifier: MIT

import type { ChannelOwnedBy, InputOf, OutputOf } from '../../shared/ipc/requests.ts';
import type { ApprovalAnswer, CeremonySource, ShownPrompt } from '../../shared/model/approval.ts';
import type { CeremonyReport } from '../../shared/model/ceremony.ts';
import type { ExportOutcome, ImportCandidate } from '../../shared/model/transfer.ts';

/** The requests of windows that main forwards unchanged. */
type ForwardedCalls = {
  readonly [C in ChannelOwnedBy<'vault'>]: {
    readonly input: InputOf<C>;
    readonly output: OutputOf<C>;
  };
};

export interface CeremonyRequest {
  readonly source: CeremonySource;
  /** ASCII serialisation, taken from the transport, never from the page's JSON. */
  readonly origin: string;
  /** The JSON form of the page's options, unchecked. */
  readonly options: unknown;
  /** The vault to unlock if it is locked; null where there is none yet. */
  readonly vaultPath: string | null;
}

export interface CeremonyOutcome {
  /** RegistrationResponseJSON or AuthenticationResponseJSON; null when `report.errorName` is set. */
  readonly credential: unknown;
  readonly report: CeremonyReport;
}

interface OwnCalls {
  readonly 'vault:create-file': {
    readonly input: { readonly path: string; readonly password: Uint8Array };
    readonly output: null;
  };
  readonly 'vault:open-file': {
    readonly input: { readonly path: string; readonly password: Uint8Array };
    readonly output: null;
  };
  /** Closes the file in order; the process is ended next. */
  readonly 'vault:close': { readonly input: null; readonly output: null };
  readonly 'vault:verify-password': {
    readonly input: { readonly password: Uint8Array };
    readonly output: boolean;
  };
  readonly 'transfer:open-import': {
    readonly input: { readonly path: string; readonly token: string };
    readonly output: ImportCandidate;
  };
  readonly 'transfer:write-export': {
    readonly input: { readonly path: string; readonly exportPassword: Uint8Array };
    readonly output: ExportOutcome;
  };
  readonly 'ceremony:create': { readonly input: CeremonyRequest; readonly output: CeremonyOutcome };
  readonly 'ceremony:get': { readonly input: CeremonyRequest; readonly output: CeremonyOutcome };
}

/** main → vault process. */
export type VaultCalls = ForwardedCalls & OwnCalls;

/** vault process → main. */
export interface ShellCalls {
  /** Resolves when it is this ceremony's turn to be shown. `sessionId`: 16 random bytes in hex. */
  readonly 'approval:open': {
    readonly input: { readonly sessionId: string; readonly origin: string };
    readonly output: null;
  };
  /** Shows one stage and waits for the person; cancelled when the ceremony ends by itself. */
  readonly 'approval:ask': { readonly input: ShownPrompt; readonly output: ApprovalAnswer };
  readonly 'clipboard:write-secret': {
    readonly input: { readonly text: string };
    readonly output: { readonly clearAfterMs: number };
  };
}

/** vault process → main, nothing comes back. */
export interface VaultAnnouncements {
  /** The ceremony is over: its window closes and its turn is given back. */
  readonly 'approval:closed': { readonly sessionId: string };
  /** The vault was opened, by its own window or inside an approval. */
  readonly 'vault:unlocked': { readonly path: string };
  readonly 'items:changed': { readonly revision: number };
  readonly 'transfer:progressed': { readonly done: number; readonly total: number };
}
