// The note of an item: the whole of it, as it was typed.
// SPDX-License-Identifier: MIT

import { Copy } from 'lucide-react';
import type { ItemDetail } from '../../../shared/model/item.ts';
import { useServices } from '../../main/services.ts';
import { Card } from '../../ui/card.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import styles from './note-card.module.css';

export function NoteCard({ item }: { readonly item: ItemDetail }) {
  const { actions } = useServices();
  if (item.note === '') return null;
  return (
    <Card title="Note">
      <div className={styles.note}>
        <p data-selectable="">{item.note}</p>
        <IconButton
          icon={Copy}
          label="Copy note"
          onPress={() => {
            actions.copy(item, 'note');
          }}
        />
      </div>
    </Card>
  );
}
