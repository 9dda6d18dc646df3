// The one table of announcements from main to its windows. An event says that something is so; it carries no secret.
// SPDX-License-Identifier: MIT

import type { ShownPrompt } from '../model/approval.ts';
import type { CeremonyReport, TestSiteStatus } from '../model/ceremony.ts';
import type { IntegrityState } from '../model/item.ts';
import type { Settings } from '../model/vault.ts';
import type { WindowKind } from './requests.ts';

/** Work that takes its time, beside that of the transfer room. */
export type LongWork = 'attachment' | 'health' | 'rekey';

/** What long work is at: it reads what is there, checks it, seals it anew, or makes it durable. */
export type WorkStage = 'reading' | 'checking' | 'sealing' | 'writing';

export interface EventPayloads {
  /** The vault's content changed; `revision` as in ItemPage. */
  readonly 'items:changed': { readonly revision: number };
  /** A search was saved, changed or removed. */
  readonly 'searches:changed': null;
  readonly 'settings:changed': Settings;
  readonly 'test-site:changed': TestSiteStatus;
  /** A ceremony ended, well or not. */
  readonly 'ceremony:ended': CeremonyReport;
  /** Long work of the transfer room: `done` of `total`, in bytes. */
  readonly 'transfer:progressed': { readonly done: number; readonly total: number };
  /** Other long work of the vault. */
  readonly 'work:progressed': {
    readonly work: LongWork;
    readonly stage: WorkStage;
    /** Of this stage. */
    readonly done: number;
    readonly total: number;
  };
  /** The check of all rows, which begins with unlocking, has come to its end. */
  readonly 'integrity:checked': { readonly integrity: IntegrityState };
  /** The clipboard no longer holds what we put there. */
  readonly 'clipboard:cleared': null;
  /** A command of the application menu, for the main window to carry out. */
  readonly 'menu:chosen': { readonly command: string };
  /** Another stage of the ceremony whose window this is. */
  readonly 'approval:prompt-changed': ShownPrompt;
}

export type EventName = keyof EventPayloads;

/** Which windows hear which event. */
export const events = {
  'items:changed': ['main'],
  'searches:changed': ['main'],
  'settings:changed': ['unlock', 'main', 'approval'],
  'test-site:changed': ['main'],
  'ceremony:ended': ['main'],
  'transfer:progressed': ['main'],
  'work:progressed': ['main'],
  'integrity:checked': ['main'],
  'clipboard:cleared': ['main'],
  'menu:chosen': ['main'],
  'approval:prompt-changed': ['approval'],
} as const satisfies Record<EventName, readonly WindowKind[]>;

export type EventFor<W extends WindowKind> = {
  [E in EventName]: W extends (typeof events)[E][number] ? E : never;
}[EventName];

/** The events a window of `kind` hears. */
export function eventsFor(kind: WindowKind): readonly EventName[] {
  return (Object.keys(events) as EventName[]).filter((name) =>
    (events[name] as readonly WindowKind[]).includes(kind),
  );
}
