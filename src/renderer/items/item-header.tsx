// The head of the detail pane: initials, title, where it belongs, and what can be done with the whole item.
// SPDX-License-Identifier: MIT

import { ArchiveRestore, Pencil, Star, Trash2 } from 'lucide-react';
import type { ItemDetail } from '../../shared/model/item.ts';
import { keysOf, runCommand } from '../main/commands.ts';
import { useServices } from '../main/services.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Tile } from '../ui/tile.tsx';
import styles from './item-header.module.css';
import { shownTitle } from './shown-title.ts';

export interface ItemHeaderProps {
  readonly item: ItemDetail;
  readonly subtitle: string;
}

export function ItemHeader({ item, subtitle }: ItemHeaderProps) {
  return (
    <div className={styles.header}>
      <Tile title={item.title} size="l" />
      <div className={styles.words}>
        <h1>{shownTitle(item)}</h1>
        <p>{subtitle}</p>
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
    <Button
      onPress={() => {
        runCommand('restore-item', services);
      }}
    >
      <ArchiveRestore aria-hidden="true" /> Restore
    </Button>
  );
}
