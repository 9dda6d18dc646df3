// Backups: the copies that Latchkey keeps of this vault, one more at will, and what each would bring back.
// SPDX-License-Identifier: MIT

import { ChevronRight, DatabaseBackup } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { BackupInfo, BackupState } from '../../shared/model/backup.ts';
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
          <BackupLine backup={backup} onOpen={onOpen} />
        </li>
      ))}
    </ul>
  );
}

interface BackupLineProps {
  readonly backup: BackupInfo;
  readonly onOpen: (backup: BackupInfo) => void;
}

/** What cannot be read has nothing to show or to bring back. */
function BackupLine({ backup, onOpen }: BackupLineProps) {
  const words = STATE_WORDS[backup.state];
  if (backup.state === 'unreadable') {
    return (
      <div className={styles.line}>
        <BackupFacts backup={backup} />
        {words && <StateNote {...words} />}
      </div>
    );
  }
  return (
    <button
      type="button"
      className={styles.line}
      onClick={() => {
        onOpen(backup);
      }}
    >
      <BackupFacts backup={backup} />
      <em>What differs?</em>
      <ChevronRight size={16} aria-hidden="true" />
      {words && <StateNote {...words} />}
    </button>
  );
}

function BackupFacts({ backup }: { readonly backup: BackupInfo }) {
  const { clock } = useServices();
  return (
    <>
      <DatabaseBackup size={16} strokeWidth={1.7} aria-hidden="true" />
      <b>{formatTime(backup.madeAt, clock.now())}</b>
      <span>{formatSize(backup.sizeBytes)}</span>
    </>
  );
}

interface StateWords {
  readonly state: string;
  readonly todo: string;
}

const STATE_WORDS: Readonly<Record<BackupState, StateWords | null>> = {
  ready: null,
  unchecked: {
    state: 'Not checked yet.',
    todo: 'It was made before the ways into the vault were changed, and could not be brought to the present ones. What opened the vault then may still open it.',
  },
  unreadable: {
    state: 'Cannot be read.',
    todo: 'It is damaged, or was made before the vault got a new key. Newer backups do not take its place. You can try to open it as a vault of its own, with what opened the vault then.',
  },
  unavailable: {
    state: 'Cannot be looked at now.',
    todo: 'Another program has it open, or the disk does not let Latchkey read and write it. The backup is as it was. Try again later.',
  },
};

function StateNote({ state, todo }: StateWords) {
  return (
    <p>
      <strong>{state}</strong> {todo}
    </p>
  );
}
