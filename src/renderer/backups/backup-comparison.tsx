// What differs between a backup and the vault, in groups, what is damaged first, and the way to bring items back.
// SPDX-License-Identifier: MIT

import { ArrowLeft } from 'lucide-react';
import type { BackupComparison, BackupInfo } from '../../shared/model/backup.ts';
import { formatAmount, formatCount, formatTime } from '../format.ts';
import { SentenceNotice } from '../ui/error-notice.tsx';
import { useServices } from '../main/services.ts';
import { Button } from '../ui/button.tsx';
import { RoomPage } from '../ui/room-page.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { backupSentence } from './backup-sentences.ts';
import styles from './backups-room.module.css';
import { DifferenceGroup, type DifferentItem } from './difference-group.tsx';
import { isDamagedSomewhere, useComparison, type Comparison } from './use-comparison.ts';

export interface BackupComparisonPageProps {
  readonly backup: BackupInfo;
  readonly onBack: () => void;
}

export function BackupComparisonPage({ backup, onBack }: BackupComparisonPageProps) {
  const { clock } = useServices();
  const state = useComparison(backup.key);
  return (
    <RoomPage
      title={`Backup of ${formatTime(backup.madeAt, clock.now())}`}
      lead="How it differs from the vault now. What you bring back becomes a new version of the item; the present one stays in its history."
    >
      <div className={styles.differences}>
        <div>
          <Button onPress={onBack}>
            <ArrowLeft aria-hidden="true" /> All backups
          </Button>
        </div>
        {state.error && <SentenceNotice sentence={backupSentence(state.error.code)} />}
        {state.comparison && <Differences comparison={state.comparison} state={state} />}
        {!state.comparison && !state.error && (
          <p role="status" className={styles.reading}>
            <Spinner /> Opening the backup…
          </p>
        )}
      </div>
    </RoomPage>
  );
}

interface DifferencesProps {
  readonly comparison: BackupComparison;
  readonly state: Comparison;
}

function Differences({ comparison, state }: DifferencesProps) {
  const { onlyThere, different, onlyHere, same, total } = comparison;
  const { selection, damagedHere } = state;
  const damaged = withoutLabels(different.filter(({ id }) => damagedHere.has(id)));
  const rest = different.filter(({ id }) => !damagedHere.has(id));
  const unreadableThere = withoutLabels(rest.filter(isDamagedSomewhere));
  const readable = rest.filter((item) => !isDamagedSomewhere(item));
  const isSame = onlyThere.length + different.length + onlyHere.length === 0;
  if (isSame) {
    return (
      <p role="status">
        Nothing differs: {formatAmount(total, 'item is', 'items are')} the same in both.
      </p>
    );
  }
  return (
    <>
      <p>
        {formatAmount(total, 'item')} in the backup, {formatCount(same)} of them the same in the
        vault.
      </p>
      <DifferenceGroup
        title="Damaged in the vault"
        lead="What the backup has of them can take their place."
        items={damaged}
        selection={selection}
      />
      <DifferenceGroup
        title="Only in the backup"
        lead="Removed from the vault since, for good."
        items={onlyThere}
        selection={selection}
      />
      <DifferenceGroup
        title="Different"
        lead="In both, with other content. On the right, what differs."
        items={readable}
        selection={selection}
      />
      <DifferenceGroup
        title="Unreadable in the backup"
        lead="There is nothing to bring back of these; in the vault they can be read."
        items={unreadableThere}
        selection={null}
      />
      <DifferenceGroup
        title="Only in the vault"
        lead="Made since. Bringing items back leaves these alone."
        items={onlyHere}
        selection={null}
      />
      {onlyThere.length + readable.length + damaged.length > 0 && <RestoreBar state={state} />}
    </>
  );
}

/** Where the group says it of each. */
function withoutLabels(items: BackupComparison['different']): readonly DifferentItem[] {
  return items.map((item) => ({ ...item, changed: [] }));
}

function RestoreBar({ state: { selection, restored, restore } }: { readonly state: Comparison }) {
  const count = selection.ids.size;
  const isBusy = restored !== null;
  return (
    <div className={styles.bar}>
      <Button
        weight="primary"
        isPending={isBusy}
        isDisabled={count === 0 && !isBusy}
        onPress={restore}
      >
        {count === 0 ? 'Choose what to bring back' : `Bring back ${formatAmount(count, 'item')}`}
      </Button>
      {isBusy && count > 1000 && (
        <span role="status">
          {formatCount(restored)} of {formatCount(count)}
        </span>
      )}
    </div>
  );
}
