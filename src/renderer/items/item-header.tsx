// The head of the detail pane: its tile, title, where it belongs, and what can be done with the whole item.
// SPDX-License-Identifier: MIT

import { Archive, ArchiveRestore, Eraser, Pencil, Star, Trash2, Undo2 } from 'lucide-react';
import type { ItemDetail } from '../../shared/model/item.ts';
import { keysOf, runCommand } from '../main/commands.ts';
import { useServices } from '../main/services.ts';
import { Button } from '../ui/button.tsx';
import { Chip } from '../ui/chip.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import styles from './item-header.module.css';
import { KindTile } from './kind-tile.tsx';
import { shownTitle } from './shown-title.ts';

export interface ItemHeaderProps {
  readonly item: ItemDetail;
  readonly subtitle: string;
}

export function ItemHeader({ item, subtitle }: ItemHeaderProps) {
  return (
    <div className={styles.header}>
      <KindTile item={item} size="l" />
      <div className={styles.words}>
        <h1>{shownTitle(item)}</h1>
        <p>
          {subtitle} {item.archivedAt !== null && <Chip>in the archive</Chip>}
        </p>
      </div>
      <div className={styles.tools}>
        {item.trashedAt === null ? <LiveTools item={item} /> : <TrashTools />}
      </div>
    </div>
  );
}

function LiveTools({ item }: { readonly item: ItemDetail }) {
  const services = useServices();
  const run = (id: string) => () => {
    runCommand(id, services);
  };
  return (
    <>
      <IconButton
        icon={Star}
        label="Favourite"
        keys={keysOf('toggle-favourite')}
        isOn={item.favourite}
        onPress={run('toggle-favourite')}
      />
      <IconButton
        icon={item.archivedAt === null ? Archive : ArchiveRestore}
        label={item.archivedAt === null ? 'Move to archive' : 'Take out of the archive'}
        keys={keysOf('archive-item')}
        onPress={run('archive-item')}
      />
      <IconButton
        icon={Trash2}
        label="Move to trash"
        keys={keysOf('trash-item')}
        onPress={run('trash-item')}
      />
      <Button onPress={run('edit-item')}>
        <Pencil aria-hidden="true" /> Edit
      </Button>
    </>
  );
}

function TrashTools() {
  const services = useServices();
  return (
    <>
      <IconButton
        icon={Eraser}
        label="Erase now…"
        keys={keysOf('erase-trash')}
        onPress={() => {
          runCommand('erase-trash', services);
        }}
      />
      <Button
        onPress={() => {
          runCommand('restore-item', services);
        }}
      >
        <Undo2 aria-hidden="true" /> Restore
      </Button>
    </>
  );
}
