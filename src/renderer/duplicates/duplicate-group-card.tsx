// One group of duplicates: each login with what tells it from the others, to be opened or kept.
// SPDX-License-Identifier: MIT

import type { DuplicateGroup, ItemSummary } from '../../shared/model/item.ts';
import { formatAmount, formatTime } from '../format.ts';
import { KindTile } from '../items/kind-tile.tsx';
import { shownTitle } from '../items/shown-title.ts';
import { useServices } from '../main/services.ts';
import { Button } from '../ui/button.tsx';
import styles from './duplicates-room.module.css';
import { keepOne, openItem } from './duplicate-acts.ts';

export function DuplicateGroupCard({ group }: { readonly group: DuplicateGroup }) {
  const { items } = group;
  const newest = Math.max(...items.map(({ modifiedAt }) => modifiedAt));
  const isOneNewest = items.filter(({ modifiedAt }) => modifiedAt === newest).length === 1;
  const [first] = items;
  const name = [first?.host, first?.subtitle].filter(Boolean).join(', ');
  const havePasskeys = items.some(({ passkeys }) => passkeys > 0);
  return (
    <div role="group" aria-label={name || 'Duplicates'} className={styles.card}>
      <ul>
        {items.map((item) => (
          <DuplicateRow
            key={item.id}
            item={item}
            group={group}
            isNewest={isOneNewest && item.modifiedAt === newest}
          />
        ))}
      </ul>
      {havePasskeys && <p>The passkeys of a login go to the trash with it.</p>}
    </div>
  );
}

interface DuplicateRowProps {
  readonly item: ItemSummary;
  readonly group: DuplicateGroup;
  readonly isNewest: boolean;
}

function DuplicateRow({ item, group, isNewest }: DuplicateRowProps) {
  const services = useServices();
  const title = shownTitle(item);
  const changed = formatTime(item.modifiedAt, services.clock.now());
  const label = `${title}, changed ${changed}`;
  return (
    <li className={styles.row}>
      <KindTile item={item} size="s" />
      <div className={styles.words}>
        <b>{title}</b>
        <small>
          {item.subtitle || item.host} · changed {changed}
          {isNewest && ' (newest)'}
          {extrasOf(item).map((extra) => ` · ${extra}`)}
        </small>
      </div>
      <Button
        weight="quiet"
        label={`Open ${label}`}
        onPress={() => {
          openItem(item.id, services);
        }}
      >
        Open
      </Button>
      <Button
        label={`Keep this one: ${label}`}
        onPress={() => {
          keepOne(item, group, services);
        }}
      >
        Keep this one
      </Button>
    </li>
  );
}

/** What would be missed if this one went. */
function extrasOf({ passkeys, attachments, hasOneTimeCode }: ItemSummary): readonly string[] {
  return [
    ...(passkeys > 0 ? [formatAmount(passkeys, 'passkey')] : []),
    ...(hasOneTimeCode ? ['one-time code'] : []),
    ...(attachments > 0 ? [formatAmount(attachments, 'file')] : []),
  ];
}
