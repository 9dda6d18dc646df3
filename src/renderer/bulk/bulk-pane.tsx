// The detail pane while several items are chosen: how many they are, and what can be done to all of them.
// SPDX-License-Identifier: MIT

import {
  Archive,
  ArchiveRestore,
  Eraser,
  ListChecks,
  Star,
  StarOff,
  Tag,
  Trash2,
  Undo2,
  X,
  type LucideIcon,
} from 'lucide-react';
import { Toolbar } from 'react-aria-components';
import { formatAmount } from '../format.ts';
import { keysOf, runCommand } from '../main/commands.ts';
import { useServices } from '../main/services.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Keys } from '../ui/keys.tsx';
import styles from './bulk-pane.module.css';

export function BulkPane() {
  const services = useServices();
  const rows = useStore(services.selection.rows);
  const { section } = useStore(services.view);
  const amount = formatAmount(rows.size, 'item');
  const acts =
    section.in === 'trash' ? TRASH_ACTS : liveActs(services.selection.rows.get(), section.in);
  return (
    <EmptyState
      icon={ListChecks}
      title={`${amount} chosen`}
      level={1}
      more={
        <Toolbar
          className={classNames(styles.acts)}
          orientation="vertical"
          aria-label={`What to do with ${amount}`}
        >
          {acts.map((act) => (
            <ActButton key={act.command} {...act} />
          ))}
        </Toolbar>
      }
    >
      {titlesOf([...rows.values()].map(({ title }) => title))}
    </EmptyState>
  );
}

interface Act {
  readonly command: string;
  readonly title: string;
  readonly icon: LucideIcon;
  readonly isDanger?: boolean;
}

const END: Act = { command: 'end-selection', title: 'End the selection', icon: X };

const TRASH_ACTS: readonly Act[] = [
  { command: 'restore-item', title: 'Restore', icon: Undo2 },
  { command: 'erase-trash', title: 'Erase now…', icon: Eraser, isDanger: true },
  END,
];

type Rows = ReadonlyMap<unknown, { readonly favourite: boolean }>;

function liveActs(rows: Rows, section: string): readonly Act[] {
  const areFavourites = [...rows.values()].every(({ favourite }) => favourite);
  return [
    areFavourites
      ? { command: 'toggle-favourite', title: 'Remove from favourites', icon: StarOff }
      : { command: 'toggle-favourite', title: 'Add to favourites', icon: Star },
    section === 'archive'
      ? { command: 'archive-item', title: 'Take out of the archive', icon: ArchiveRestore }
      : { command: 'archive-item', title: 'Move to archive', icon: Archive },
    { command: 'add-tag', title: 'Add a tag…', icon: Tag },
    { command: 'remove-tag', title: 'Remove a tag…', icon: Tag },
    { command: 'trash-item', title: 'Move to trash', icon: Trash2 },
    END,
  ];
}

function ActButton({ command, title, icon: Icon, isDanger = false }: Act) {
  const services = useServices();
  return (
    <Button
      isWide
      weight={isDanger ? 'danger' : 'plain'}
      onPress={() => {
        runCommand(command, services);
      }}
    >
      <Icon aria-hidden="true" />
      <span className={styles.title}>{title}</span>
      <Keys keys={keysOf(command) ?? ''} />
    </Button>
  );
}

const NAMED = 3;

/** `GitHub, Nordbank, Zulip and 12 more`. */
export function titlesOf(titles: readonly string[]): string {
  const named = titles.slice(0, NAMED).map((title) => (title.trim() === '' ? 'Untitled' : title));
  const rest = titles.length - named.length;
  return rest > 0 ? `${named.join(', ')} and ${rest} more` : named.join(', ');
}
