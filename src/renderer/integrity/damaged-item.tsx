// In place of an item that cannot be read: what that means, and where it may still be found whole.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { ApiError } from '../api.ts';
import { shownTitle } from '../items/shown-title.ts';
import { goToRoom } from '../main/commands.ts';
import { useServices } from '../main/services.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import styles from './damaged-item.module.css';

export interface DamagedItemProps {
  readonly id: ItemId;
  readonly error: ApiError;
}

export function DamagedItem({ id, error }: DamagedItemProps) {
  const services = useServices();
  const { pages, dialog } = services;
  useStore(pages.state);
  const row = pages.rowAt(pages.indexOf(id));
  const title = row ? shownTitle(row) : 'Untitled';
  return (
    <article aria-label={title} className={styles.item}>
      <h1>{title}</h1>
      <ErrorNotice error={error} />
      <div className={styles.acts}>
        <Button
          weight="primary"
          onPress={() => {
            dialog.set({ is: 'history', id, title });
          }}
        >
          Look for an earlier version
        </Button>
        <Button
          onPress={() => {
            goToRoom(services, 'backups');
          }}
        >
          Compare with a backup
        </Button>
        {row && (
          <Button
            weight="danger"
            onPress={() => {
              dialog.set({ is: 'erase', items: [row] });
            }}
          >
            Erase it…
          </Button>
        )}
      </div>
    </article>
  );
}
