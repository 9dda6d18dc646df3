// Duplicates: logins of one site and user name, with the same password or with different ones. One is kept, the others
// go to the trash; nothing is merged and nothing is lost.
// SPDX-License-Identifier: MIT

import { CopyCheck } from 'lucide-react';
import { useState } from 'react';
import type { DuplicateGroup } from '../../shared/model/item.ts';
import { formatCount } from '../format.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { RoomPage } from '../ui/room-page.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { DuplicateGroupCard } from './duplicate-group-card.tsx';
import styles from './duplicates-room.module.css';
import { useDuplicates } from './use-duplicates.ts';

/** Drawn at first: a careless import may have doubled 10,000 items. */
const SHOWN_AT_ONCE = 50;

export function DuplicatesRoom() {
  const { groups, error } = useDuplicates();
  return (
    <RoomPage
      title="Duplicates"
      lead="Logins that are for the same site and user name. Keep one of each; the others go to the trash, where they stay for 30 days."
    >
      <div className={styles.room}>
        {error && <ErrorNotice error={error} />}
        {!groups && !error && (
          <p role="status" className={styles.waiting}>
            <Spinner /> Comparing…
          </p>
        )}
        {groups?.length === 0 && (
          <EmptyState icon={CopyCheck} title="No duplicates">
            Every login is there once. After an import it is worth looking again.
          </EmptyState>
        )}
        {groups && groups.length > 0 && (
          <>
            <Groups
              title="Same password"
              lead="Same site, user name and password. Notes, tags and files may still differ: open them if in doubt."
              groups={groups.filter(({ reason }) => reason === 'same')}
            />
            <Groups
              title="Different passwords"
              lead="Same site and user name. One of the passwords is probably out of date: try them before you let one go."
              groups={groups.filter(({ reason }) => reason === 'same-account')}
            />
          </>
        )}
      </div>
    </RoomPage>
  );
}

interface GroupsProps {
  readonly title: string;
  readonly lead: string;
  readonly groups: readonly DuplicateGroup[];
}

function Groups({ title, lead, groups }: GroupsProps) {
  const [shown, setShown] = useState(SHOWN_AT_ONCE);
  if (groups.length === 0) return null;
  const rest = groups.length - shown;
  return (
    <section aria-label={title} className={styles.groups}>
      <h2>
        {title} <span>{formatCount(groups.length)}</span>
      </h2>
      <p>{lead}</p>
      {groups.slice(0, shown).map((group) => (
        <DuplicateGroupCard key={group.items.map(({ id }) => id).join()} group={group} />
      ))}
      {rest > 0 && (
        <div>
          <Button
            onPress={() => {
              setShown(shown + SHOWN_AT_ONCE);
            }}
          >
            Show {formatCount(Math.min(rest, SHOWN_AT_ONCE))} more
          </Button>
        </div>
      )}
    </section>
  );
}
