// Backups: the copies that Latchkey keeps of this vault, one more at will, and what each would bring back.
// SPDX-License-Identifier: MIT

import { ChevronRight, DatabaseBackup } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { BackupInfo } from '../../shared/model/backup.ts';
import { toApiError, type ApiError } from '../api.ts';
import { formatSize, formatTime } from '../format.ts';
import { useServices } from '../main/services.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { RoomPage } from '../ui/room-page.tsx';
import { BackupComparisonPage } from './backup-comparison.tsx';
import styles from './backups-room.module.css';

export function BackupsRoom() {
  const backups = useBackups();
  const [opened, setOpened] = useState<BackupInfo | null>(null);
  if (opened) {
    return (
      <BackupComparisonPage
        backup={opened}
        onBack={() => {
          setOpened(null);
        }}
      />
    );
  }
  return (
    <RoomPage
      title="Backups"
      lead="Latchkey copies the vault once a day and keeps the last ten copies on this computer, as encrypted as the vault itself. They guard against mistakes, not against the loss of the computer: keep a copy of the file elsewhere too."
    >
      <div className={styles.room}>
        {backups.error && <ErrorNotice error={backups.error} />}
        <div>
          <Button weight="primary" isPending={backups.isBusy} onPress={backups.make}>
            {backups.isBusy ? 'Making a backup…' : 'Make one now'}
          </Button>
        </div>
        {backups.list && <BackupList list={backups.list} onOpen={setOpened} />}
      </div>
    </RoomPage>
  );
}

function useBackups() {
  const { api, toasts } = useServices();
  const [list, setList] = useState<readonly BackupInfo[] | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  useEffect(() => {
    api['backups:list']({}).then(setList, (reason: unknown) => {
      setError(toApiError(reason));
    });
  }, [api]);
  const makeOne = async (): Promise<void> => {
    await api['backups:make']({});
    toasts.show({ text: 'The backup is made.', tone: 'good' });
    // The oldest one may have given way to it.
    setList(await api['backups:list']({}));
  };
  return {
    ...{ list, error, isBusy },
    make: () => {
      setIsBusy(true);
      setError(null);
      makeOne()
        .catch((reason: unknown) => {
          setError(toApiError(reason));
        })
        .finally(() => {
          setIsBusy(false);
        });
    },
  };
}

interface BackupListProps {
  readonly list: readonly BackupInfo[];
  readonly onOpen: (backup: BackupInfo) => void;
}

function BackupList({ list, onOpen }: BackupListProps) {
  const { clock } = useServices();
  if (list.length === 0) {
    return (
      <EmptyState icon={DatabaseBackup} title="No backup yet">
        The first one is made by itself within a day, or now, by the button above.
      </EmptyState>
    );
  }
  const newestFirst = [...list].sort((a, b) => b.madeAt - a.madeAt);
  return (
    <ul className={styles.list} aria-label="Backups">
      {newestFirst.map((backup) => (
        <li key={backup.key}>
          <button
            type="button"
            onClick={() => {
              onOpen(backup);
            }}
          >
            <DatabaseBackup size={16} strokeWidth={1.7} aria-hidden="true" />
            <b>{formatTime(backup.madeAt, clock.now())}</b>
            <span>{formatSize(backup.sizeBytes)}</span>
            <em>What differs?</em>
            <ChevronRight size={16} aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}
