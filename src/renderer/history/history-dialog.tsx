// The history of an item: its revisions on the left, what differs from now on the right, and the way back to any.
// SPDX-License-Identifier: MIT

import { useEffect } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import type { RevisionInfo } from '../../shared/model/item.ts';
import { formatTime } from '../format.ts';
import type { DialogRequest } from '../main/dialog-request.ts';
import { useServices } from '../main/services.ts';
import { Chip } from '../ui/chip.tsx';
import { classNames } from '../ui/class-names.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { ModalDialog } from '../ui/modal-dialog.tsx';
import { Spinner } from '../ui/spinner.tsx';
import styles from './history-dialog.module.css';
import { RevisionView } from './revision-view.tsx';
import { useHistory, type History } from './use-history.ts';

export interface HistoryDialogProps {
  readonly request: Extract<DialogRequest, { readonly is: 'history' }>;
  readonly onClose: () => void;
}

export function HistoryDialog({ request: { id, title }, onClose }: HistoryDialogProps) {
  const { revealer } = useServices();
  const history = useHistory(id);
  const { list, error, chosen } = history;
  useEffect(
    () => () => {
      revealer.hide();
    },
    [revealer],
  );
  return (
    <ModalDialog title={`History of “${title}”`} isOpen onClose={onClose} width="l">
      {error && <ErrorNotice error={error} />}
      {!list && !error && (
        <p role="status" className={styles.waiting}>
          <Spinner /> Reading the history…
        </p>
      )}
      {list?.length === 0 && <p>No version of this item can be read.</p>}
      {list && chosen && (
        <div className={styles.columns}>
          <RevisionList list={list} chosen={chosen} history={history} />
          <RevisionView key={chosen.ref} id={id} title={title} info={chosen} onClose={onClose} />
        </div>
      )}
    </ModalDialog>
  );
}

interface RevisionListProps {
  readonly list: readonly RevisionInfo[];
  readonly chosen: RevisionInfo;
  readonly history: History;
}

function RevisionList({ list, chosen, history }: RevisionListProps) {
  const { clock, revealer } = useServices();
  const oldest = list.at(-1);
  return (
    <ListBox
      className={classNames(styles.list)}
      aria-label="Versions"
      selectionMode="single"
      disallowEmptySelection
      autoFocus
      selectedKeys={[chosen.ref]}
      onSelectionChange={(keys) => {
        const [ref] = keys === 'all' ? [] : keys;
        revealer.hide();
        if (typeof ref === 'string') history.choose(ref);
      }}
    >
      {list.map((revision) => (
        <ListBoxItem
          key={revision.ref}
          id={revision.ref}
          textValue={formatTime(revision.savedAt, clock.now())}
          className={classNames(styles.revision)}
        >
          <b>{formatTime(revision.savedAt, clock.now())}</b>
          {revision.isCurrent && <Chip tone="accent">now</Chip>}
          <small>{changesOf(revision, revision === oldest)}</small>
        </ListBoxItem>
      ))}
    </ListBox>
  );
}

function changesOf({ changed }: RevisionInfo, isOldest: boolean): string {
  if (changed.length > 0) return changed.join(', ');
  return isOldest ? 'As it was first kept' : 'Nothing in sight';
}
