// One revision against the present item, field by field, and the way back to it.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type {
  FieldDifference,
  ItemDetail,
  RevisionDetail,
  RevisionInfo,
} from '../../shared/model/item.ts';
import { formatTime } from '../format.ts';
import { useServices } from '../main/services.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { HiddenValue } from './hidden-value.tsx';
import styles from './history-dialog.module.css';
import { useRevision } from './use-history.ts';

export interface RevisionViewProps {
  readonly id: ItemId;
  readonly title: string;
  readonly info: RevisionInfo;
  readonly onClose: () => void;
}

export function RevisionView({ id, title, info, onClose }: RevisionViewProps) {
  const { clock, openItem } = useServices();
  const { revision, error } = useRevision(id, info.ref);
  const { item } = useStore(openItem.state);
  const present = item?.id === id ? item : null;
  if (error) {
    return (
      <div className={styles.view}>
        <ErrorNotice error={error} />
      </div>
    );
  }
  if (!revision) return <div className={styles.view} />;
  const { differences } = revision;
  const isSame = differences.length === 0 && present !== null;
  return (
    <section className={styles.view} aria-label="What differs">
      <p>{leadOf(info, isSame, present === null)}</p>
      {differences.length > 0 && (
        <DifferenceTable
          {...{ id, info, revision, present }}
          when={formatTime(info.savedAt, clock.now())}
        />
      )}
      {!info.isCurrent && !isSame && (
        <RestoreBar {...{ id, title, info }} isDamaged={present === null} onDone={onClose} />
      )}
    </section>
  );
}

function leadOf({ isCurrent }: RevisionInfo, isSame: boolean, isDamaged: boolean): string {
  if (isCurrent) return 'This is the item as it is now. Choose an earlier version to compare.';
  if (isDamaged) return 'The present version cannot be read; this one can.';
  if (isSame) return 'Nothing in sight differs from the item as it is now.';
  return 'What differs between this version and the item as it is now.';
}

interface DifferenceTableProps {
  readonly id: ItemId;
  readonly info: RevisionInfo;
  readonly revision: RevisionDetail;
  readonly present: ItemDetail | null;
  readonly when: string;
}

function DifferenceTable({ id, info, revision, present, when }: DifferenceTableProps) {
  return (
    <table aria-label="Differences">
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Then: {when}</th>
          <th scope="col">Now</th>
        </tr>
      </thead>
      <tbody>
        {revision.differences.map((difference, index) => (
          <tr key={index}>
            <th scope="row">{difference.label}</th>
            {difference.isHidden ? (
              <HiddenCells {...{ id, info, present, difference }} />
            ) : (
              <>
                <TextCell text={difference.then} />
                <TextCell text={difference.now} />
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function TextCell({ text }: { readonly text: string }) {
  return (
    <td>
      {text === '' ? (
        <span className={styles.empty}>empty</span>
      ) : (
        <div
          className={styles.text}
          data-selectable=""
          tabIndex={text.length > 400 ? 0 : undefined}
        >
          {text}
        </div>
      )}
    </td>
  );
}

interface HiddenCellsProps extends Pick<DifferenceTableProps, 'id' | 'info' | 'present'> {
  readonly difference: FieldDifference;
}

function HiddenCells({ id, info, present, difference }: HiddenCellsProps) {
  const { label, field, hasThen, hasNow } = difference;
  if (field === null) {
    return (
      <td colSpan={2}>
        <span className={styles.empty}>changed; it is not shown here</span>
      </td>
    );
  }
  return (
    <>
      <td>
        <HiddenValue
          target={{ id, field, revision: info.ref }}
          name={`${label}, then`}
          isEmpty={!hasThen}
        />
      </td>
      <td>
        <HiddenValue
          target={{ id, field, revision: null }}
          name={`${label}, now`}
          isEmpty={present === null || !hasNow}
        />
      </td>
    </>
  );
}

interface RestoreBarProps extends Pick<RevisionViewProps, 'id' | 'title' | 'info'> {
  readonly isDamaged: boolean;
  readonly onDone: () => void;
}

function RestoreBar({ id, title, info, isDamaged, onDone }: RestoreBarProps) {
  const { api, actions, clock } = useServices();
  const restore = (): void => {
    const text = `“${title}” is as it was ${formatTime(info.savedAt, clock.now())}.`;
    void actions.undoable(
      () => api['items:restore-revision']({ id, ref: info.ref }),
      () => {
        onDone();
        return { text };
      },
    );
  };
  return (
    <div className={styles.bar}>
      <Button weight="primary" onPress={restore}>
        Restore this one
      </Button>
      <span>
        {isDamaged
          ? 'It takes the place of the version that cannot be read.'
          : 'It becomes a new version; the present one stays in the history.'}
      </span>
    </div>
  );
}
