// The third pane: the chosen item, its form, or what to do when nothing is chosen.
// SPDX-License-Identifier: MIT

import { BulkPane } from '../bulk/bulk-pane.tsx';
import { DamagedItem } from '../integrity/damaged-item.tsx';
import { useServices } from '../main/services.ts';
import { useStore } from '../store.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import styles from './detail-pane.module.css';
import { ItemDetailView } from './detail/item-detail-view.tsx';
import { ItemForm } from './form/item-form.tsx';
import { NothingChosen } from './nothing-chosen.tsx';

export function DetailPane() {
  const { view, openItem, selection } = useServices();
  const { mode, newKind, selectedId } = useStore(view);
  const { item, error } = useStore(openItem.state);
  const isMany = useStore(selection.rows).size > 0;
  if (mode === 'new') return <ItemForm key={`new:${newKind}`} kind={newKind} item={null} />;
  if (isMany) return <BulkPane />;
  if (error) {
    return (
      <div className={styles.scroll}>
        {error.code === 'vault/item-damaged' && selectedId !== null ? (
          <DamagedItem id={selectedId} error={error} />
        ) : (
          <ErrorNotice error={error} />
        )}
      </div>
    );
  }
  if (!item || selectedId === null) return <NothingChosen />;
  if (mode === 'edit' && item.id === selectedId) {
    return <ItemForm key={item.id} kind={item.kind} item={item} />;
  }
  return (
    <div className={styles.scroll} data-part="detail" tabIndex={-1}>
      <ItemDetailView key={item.id} item={item} />
    </div>
  );
}
