// Making a new vault key, step by step.
// SPDX-License-Identifier: MIT

import type { SubmitEvent } from 'react';
import { ProgressBar } from 'react-aria-components';
import type { KeySlotInfo } from '../../shared/model/keys.ts';
import { formatAmount, formatCount } from '../format.ts';
import { useServices } from '../main/services.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { RoomPage } from '../ui/room-page.tsx';
import styles from './rekey-flow.module.css';
import { SecretError } from './secret-error.tsx';
import { SecretFields } from './secret-fields.tsx';
import { slotSince, slotTitle } from './slot-words.ts';
import { useRekey, useRekeyProgress, type Progress, type Rekey } from './use-rekey.ts';

export interface RekeyFlowProps {
  readonly slots: readonly KeySlotInfo[];
  /** Leaves the flow; the list of slots may be another now. */
  readonly onClose: () => void;
}

export function RekeyFlow({ slots, onClose }: RekeyFlowProps) {
  const rekey = useRekey(slots);
  return (
    <RoomPage
      title="Make a new vault key"
      lead="Seals the whole vault under a new key, which nobody can get out of an old copy of the file. Each way in has to be presented once, to be carried over; what is not presented is removed."
    >
      <Step rekey={rekey} slots={slots} onClose={onClose} />
    </RoomPage>
  );
}

interface StepProps extends RekeyFlowProps {
  readonly rekey: Rekey;
}

function Step({ rekey, slots, onClose }: StepProps) {
  switch (rekey.step.at) {
    case 'ask':
      return <Ask key={rekey.step.index} {...{ rekey, slots, onClose }} index={rekey.step.index} />;
    case 'confirm':
      return <Confirm {...{ rekey, slots, onClose }} />;
    case 'working':
      return <Working />;
    case 'done':
      return <Done removed={rekey.step.removed} onClose={onClose} />;
  }
}

function Ask({ rekey, slots, onClose, index }: StepProps & { readonly index: number }) {
  const { api } = useServices();
  const { asked, entry, error } = rekey;
  if (!asked || !entry) return null;
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (rekey.canGive) rekey.give();
  };
  return (
    <form
      className={styles.form}
      onSubmit={onSubmit}
      aria-label={`Way in ${index + 1} of ${slots.length}`}
    >
      <p className={styles.count}>
        {index + 1} of {slots.length}
      </p>
      <h2>{slotTitle(asked)}</h2>
      <p className={styles.since}>{slotSince(asked)}</p>
      {error && <SecretError error={error} kind={asked.type} />}
      <SecretFields api={api} entry={entry} onChange={rekey.change} error={error} autoFocus />
      {rekey.isGivenTwice && (
        <p className={styles.bad} role="alert">
          You have given this one already, for another way in. Each has a secret of its own.
        </p>
      )}
      <div className={styles.actions}>
        <Button weight="primary" type="submit" isDisabled={!rekey.canGive}>
          Next
        </Button>
        <Button onPress={rekey.skip}>I do not have it</Button>
        {index > 0 && <Button onPress={rekey.back}>Back</Button>}
        <Button weight="quiet" onPress={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

function Confirm({ rekey, onClose }: StepProps) {
  const { kept, removed } = rekey;
  return (
    <div className={styles.confirm}>
      {rekey.error && <ErrorNotice error={rekey.error} />}
      {kept.length > 0 && <SlotList title="These stay" slots={kept} />}
      {removed.length > 0 && <SlotList title="These will be removed" slots={removed} isBad />}
      {removed.length > 0 && kept.length > 0 && (
        <p>
          Their secrets were not given, so they cannot be carried over. Afterwards they open nothing
          any more. This cannot be undone.
        </p>
      )}
      {kept.length > 0 && (
        <p>
          Backups that Latchkey keeps of this vault are sealed under the old key: one new backup
          takes the place of them all. Quick unlock has to be set again.
        </p>
      )}
      {kept.length === 0 && (
        <p className={styles.bad} role="alert">
          No secret was given: nothing would open the vault any more. Go back and present at least
          one.
        </p>
      )}
      <div className={styles.actions}>
        <Button
          weight={removed.length > 0 ? 'danger' : 'primary'}
          isDisabled={kept.length === 0}
          onPress={rekey.run}
        >
          {removed.length > 0
            ? `Make new key and remove ${formatAmount(removed.length, 'way in', 'ways in')}`
            : 'Make new key'}
        </Button>
        <Button onPress={rekey.back}>Back</Button>
        <Button weight="quiet" onPress={onClose}>
          Cancel
        </Button>
      </div>
    </div>
  );
}

interface SlotListProps {
  readonly title: string;
  readonly slots: readonly KeySlotInfo[];
  readonly isBad?: boolean;
}

function SlotList({ title, slots, isBad = false }: SlotListProps) {
  return (
    <section className={styles.slots} data-bad={isBad}>
      <h2>{title}</h2>
      <ul>
        {slots.map((slot) => (
          <li key={slot.id}>
            <b>{slotTitle(slot)}</b>, {slotSince(slot)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Working() {
  const progress = useRekeyProgress();
  const total = Math.max(1, progress?.total ?? 1);
  return (
    <div className={styles.confirm}>
      <ProgressBar
        className={styles.progress ?? ''}
        aria-label="Making a new vault key"
        value={progress?.done ?? 0}
        maxValue={total}
      >
        {({ percentage = 0 }) => (
          <>
            <div className={styles.track}>
              <i style={{ width: `${percentage}%` }} />
            </div>
            <span>{stageWords(progress)}</span>
          </>
        )}
      </ProgressBar>
      <p>
        If Latchkey or the computer stops now, the vault is either as it was or entirely under the
        new key.
      </p>
    </div>
  );
}

function stageWords(progress: Progress | null): string {
  if (progress === null || progress.stage === 'checking') return 'Checking the secrets…';
  if (progress.stage === 'writing') return 'Writing it all at once…';
  const verb = progress.stage === 'reading' ? 'Reading' : 'Sealing anew';
  return `${verb}: ${formatCount(progress.done)} of ${formatCount(progress.total)}`;
}

interface DoneProps {
  readonly removed: readonly KeySlotInfo[];
  readonly onClose: () => void;
}

function Done({ removed, onClose }: DoneProps) {
  return (
    <div className={styles.confirm}>
      <p role="status">
        <b>The vault has a new key.</b> The old one is gone from its file.
      </p>
      {removed.length > 0 && <SlotList title="Removed" slots={removed} isBad />}
      <p>
        Copies of the file from before, wherever they lie, still open with what opened them then.
        Passwords that were in them are only safe once they are changed at their sites.
      </p>
      <div className={styles.actions}>
        <Button weight="primary" onPress={onClose}>
          Done
        </Button>
      </div>
    </div>
  );
}
