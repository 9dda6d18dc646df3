// The second table: what main asks of the vault process beyond the windows' own requests, what the vault process asks
// of main, and what it announces. Types only; both processes are ours and started from one build.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { EventPayloads } from '../../shared/ipc/events.ts';
import type { ChannelOwnedBy, InputOf, OutputOf } from '../../shared/ipc/requests.ts';
import type { ApprovalAnswer, CeremonySource, ShownPrompt } from '../../shared/model/approval.ts';
import type { AttachmentAdded, AttachmentsSaved } from '../../shared/model/attachment.ts';
import type { CeremonyReport } from '../../shared/model/ceremony.ts';
import type { HealthReport } from '../../shared/model/health.ts';
import type { SealedPresentedSecret, SlotType } from '../../shared/model/keys.ts';
import type { ExportOutcome, ImportCandidate } from '../../shared/model/transfer.ts';
import type { SealedSecret } from '../../shared/sealed-secret.ts';

/** The requests of windows that main forwards unchanged. */
type ForwardedCalls = {
  readonly [C in ChannelOwnedBy<'vault'>]: {
    readonly input: InputOf<C>;
    readonly output: OutputOf<C>;
  };
};

/** What main keeps in memory between a lock and a quick unlock. */
export interface SealedQuickUnlock {
  readonly salt: Uint8Array;
  readonly sealed: Uint8Array;
}

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
  /** Secrets pass through main as the window sealed them for its own request. */
  readonly 'vault:create-file': {
    readonly input: { readonly path: string; readonly password: SealedSecret };
    readonly output: null;
  };
  readonly 'vault:open-file': {
    readonly input: {
      readonly path: string;
      readonly secret: SealedPresentedSecret;
      /** A person has said that an older copy is meant. */
      readonly acceptOlder?: boolean | undefined;
    };
    readonly output: null;
  };
  /** Which types of slot a file has, read from its header. */
  readonly 'vault:slot-types': {
    readonly input: { readonly path: string };
    readonly output: readonly SlotType[];
  };
  /** The same, as one would present them now: beside an open vault that knows its key file, the password is enough. */
  readonly 'vault:presentable-types': {
    readonly input: { readonly path: string };
    readonly output: readonly SlotType[];
  };
  /** By what `quick-unlock:seal` made; false for a wrong PIN. */
  readonly 'quick-unlock:open': {
    readonly input: {
      readonly path: string;
      readonly pin: SealedSecret | null;
      readonly guarded: Uint8Array;
      readonly kept: SealedQuickUnlock;
      readonly acceptOlder?: boolean | undefined;
      /** The request that the PIN was sealed for; that of the unlock window where absent. */
      readonly sealedFor?: PinChannel;
    };
    readonly output: boolean;
  };
  readonly 'quick-unlock:seal': {
    readonly input: {
      readonly present: SealedPresentedSecret;
      readonly pin: SealedSecret | null;
      readonly guarded: Uint8Array;
    };
    readonly output: SealedQuickUnlock;
  };
  /** Reads a key file, or makes a new one, and keeps its digest under the token. */
  readonly 'keys:open-key-file': {
    readonly input: { readonly path: string; readonly token: string; readonly make: boolean };
    readonly output: { readonly fileName: string };
  };
  readonly 'attachments:add-file': {
    readonly input: { readonly id: ItemId; readonly path: string };
    readonly output: AttachmentAdded;
  };
  /** What to offer as a file's name. */
  readonly 'attachments:name': {
    readonly input: { readonly id: ItemId; readonly attachment: string };
    readonly output: string;
  };
  readonly 'attachments:write-file': {
    readonly input: { readonly id: ItemId; readonly attachment: string; readonly path: string };
    readonly output: { readonly fileName: string };
  };
  /** Every file of an item that opens, into a folder, under names that nothing has there. */
  readonly 'attachments:write-all': {
    readonly input: { readonly id: ItemId; readonly folder: string };
    readonly output: AttachmentsSaved;
  };
  /** `path` null: by range queries through `breach:fetch-range`. */
  readonly 'health:check-breaches': {
    readonly input: { readonly path: string | null };
    readonly output: HealthReport;
  };
  /** Closes the file in order; the process is ended next. */
  readonly 'vault:close': { readonly input: null; readonly output: null };
  /** Of `transfer:export`. Throws `vault/wrong-password` for a secret that does not open the open vault. */
  readonly 'vault:verify': {
    readonly input: { readonly present: SealedPresentedSecret };
    readonly output: null;
  };
  readonly 'transfer:open-import': {
    readonly input: { readonly path: string; readonly token: string };
    readonly output: ImportCandidate;
  };
  readonly 'transfer:write-export': {
    readonly input: { readonly path: string; readonly exportPassword: SealedSecret };
    readonly output: ExportOutcome;
  };
  readonly 'ceremony:create': { readonly input: CeremonyRequest; readonly output: CeremonyOutcome };
  readonly 'ceremony:get': { readonly input: CeremonyRequest; readonly output: CeremonyOutcome };
}

/** The requests of windows that carry a PIN to be tried. */
export type PinChannel = 'vault:quick-unlock' | 'approval:answer';

/** main → vault process. */
export type VaultCalls = ForwardedCalls & OwnCalls;

/** vault process → main. */
export interface ShellCalls {
  /** Resolves when it is this ceremony's turn to be shown. `sessionId`: 16 random bytes in hex. */
  readonly 'approval:open': {
    readonly input: {
      readonly sessionId: string;
      readonly origin: string;
      /** The vault that it is about; null where there is none. */
      readonly vaultPath: string | null;
    };
    readonly output: null;
  };
  /** Shows one stage and waits for the person; cancelled when the ceremony ends by itself. */
  readonly 'approval:ask': { readonly input: ShownPrompt; readonly output: ApprovalAnswer };
  /** One try of quick unlock, given in an approval. Throws as `vault:quick-unlock` does. */
  readonly 'approval:quick-unlock': {
    readonly input: { readonly path: string; readonly pin: SealedSecret | null };
    readonly output: null;
  };
  /** One padded range query over the network; refused unless switched on. */
  readonly 'breach:fetch-range': {
    readonly input: { readonly prefix: string };
    readonly output: string;
  };
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
  /** All keys are new: what was sealed for quick unlock opens nothing any more. */
  readonly 'vault:rekeyed': null;
  readonly 'searches:changed': null;
  readonly 'work:progressed': EventPayloads['work:progressed'];
  readonly 'integrity:checked': EventPayloads['integrity:checked'];
  readonly 'transfer:progressed': { readonly done: number; readonly total: number };
}
