// The steps of making a new vault key: every slot's secret in turn, then a look at what stays and what goes, then the
// work. Secrets are forgotten when it has ended, well or not, and when the room is left.
// SPDX-License-Identifier: MIT

import { useEffect, useState } from 'react';
import type { WorkStage } from '../../shared/ipc/events.ts';
import type { KeySlotInfo } from '../../shared/model/keys.ts';
import { toApiError, type ApiError } from '../api.ts';
import { useServices } from '../main/services.ts';
import { emptyEntry, isEntered, isSameSecret, withPresented } from './secret-entry.ts';
import type { SecretEntry } from './secret-entry.ts';
import { isSlipOfWords } from './use-secret.ts';

export type RekeyStep =
  | { readonly at: 'ask'; readonly index: number }
  | { readonly at: 'confirm' }
  | { readonly at: 'working' }
  | { readonly at: 'done'; readonly removed: readonly KeySlotInfo[] };

/** What was given for each slot, by its id; null where the person has it no longer. */
type Given = Readonly<Record<string, SecretEntry | null>>;

export interface Rekey {
  readonly step: RekeyStep;
  readonly error: ApiError | null;
  /** The slot that is asked for. */
  readonly asked: KeySlotInfo | null;
  readonly entry: SecretEntry | null;
  readonly change: (part: Partial<SecretEntry>) => void;
  readonly canGive: boolean;
  /** Another slot was opened with the very same secret. */
  readonly isGivenTwice: boolean;
  readonly give: () => void;
  readonly skip: () => void;
  readonly back: () => void;
  readonly kept: readonly KeySlotInfo[];
  readonly removed: readonly KeySlotInfo[];
  readonly run: () => void;
}

export function useRekey(slots: readonly KeySlotInfo[]): Rekey {
  const { api } = useServices();
  const [step, setStep] = useState<RekeyStep>({ at: 'ask', index: 0 });
  const [given, setGiven] = useState<Given>({});
  const [entry, setEntry] = useState<SecretEntry | null>(() => startOf(slots[0]));
  const [error, setError] = useState<ApiError | null>(null);
  const asked = step.at === 'ask' ? (slots[step.index] ?? null) : null;
  const kept = slots.filter(({ id }) => given[id]);
  const isGivenTwice = entry !== null && isAmong(entry, given, asked?.id ?? null);
  const ask = (index: number, typed: SecretEntry | null = null): void => {
    setEntry(typed ?? startOf(slots[index]));
    setStep(index < slots.length ? { at: 'ask', index } : { at: 'confirm' });
  };
  const answer = (secret: SecretEntry | null): void => {
    if (step.at !== 'ask' || !asked) return;
    const next = { ...given, [asked.id]: secret };
    setGiven(next);
    setError(null);
    ask(firstUnanswered(slots, next));
  };
  const fail = (reason: unknown): void => {
    const failure = toApiError(reason);
    const slot = refusedSlot(failure, kept);
    setError(failure);
    // Where it is known which one is wrong, the others need not be typed again.
    setGiven((before) => (slot ? { ...before, [slot.id]: null } : {}));
    const typed = slot && isSlipOfWords(failure) ? (given[slot.id] ?? null) : null;
    ask(slot ? slots.indexOf(slot) : 0, typed);
  };
  const run = (): void => {
    const secrets = kept.flatMap(({ id }) => given[id] ?? []);
    if (secrets.length === 0) return;
    setStep({ at: 'working' });
    setError(null);
    withPresented(secrets, (presented) => api['keys:rekey']({ secrets: presented })).then(
      ({ removed }) => {
        setGiven({});
        setStep({ at: 'done', removed });
      },
      fail,
    );
  };
  return {
    ...{ step, error, asked, entry, kept, isGivenTwice, run },
    removed: slots.filter(({ id }) => !given[id]),
    canGive: entry !== null && isEntered(entry) && !isGivenTwice,
    change: (part) => setEntry((before) => (before ? { ...before, ...part } : null)),
    give: () => answer(entry),
    skip: () => answer(null),
    back: () => {
      setError(null);
      ask(step.at === 'ask' ? Math.max(0, step.index - 1) : slots.length - 1);
    },
  };
}

/** After going back only what was not answered yet is asked for. */
function firstUnanswered(slots: readonly KeySlotInfo[], given: Given): number {
  const index = slots.findIndex(({ id }) => !(id in given));
  return index < 0 ? slots.length : index;
}

/** The slot whose secret was refused: by its place among those sent, else by its type where only one is of it. */
function refusedSlot(error: ApiError, sent: readonly KeySlotInfo[]): KeySlotInfo | undefined {
  const { index, type = isSlipOfWords(error) ? 'recovery' : '' } = error.details;
  if (typeof index === 'number') return sent[index];
  const ofType = sent.filter((slot) => slot.type === type);
  return ofType.length === 1 ? ofType[0] : undefined;
}

function startOf(slot: KeySlotInfo | undefined): SecretEntry | null {
  return slot ? emptyEntry(slot.type) : null;
}

function isAmong(entry: SecretEntry, given: Given, except: string | null): boolean {
  return Object.entries(given).some(
    ([id, other]) => id !== except && other !== null && isSameSecret(other, entry),
  );
}

export interface Progress {
  readonly stage: WorkStage;
  readonly done: number;
  readonly total: number;
}

/** How far the work on a new vault key is; null before the first report. */
export function useRekeyProgress(): Progress | null {
  const { events } = useServices();
  const [progress, setProgress] = useState<Progress | null>(null);
  useEffect(
    () =>
      events['work:progressed'](({ work, ...news }) => {
        if (work === 'rekey') setProgress(news);
      }),
    [events],
  );
  return progress;
}
