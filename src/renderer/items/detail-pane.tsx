// The third pane: the chosen item, its form, or what to do when nothing is chosen.
// SPDX-License-Identifier: MIT

import { MousePointerClick } from 'lucide-react';
import { useServices } from '../main/services.ts';
import { PasskeyDetailView } from '../passkeys/passkey-detail-view.tsx';
import { PasskeyForm } from '../passkeys/passkey-form.tsx';
import { useStore } from '../store.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import styles from './detail-pane.module.css';
import { LoginDetailView } from './login-detail-view.tsx';
import { LoginForm } from './login-form.tsx';

export function DetailPane() {
  const { view, openItem } = useServices();
  const { mode, selectedId } = useStore(view);
  const { item, error } = useStore(openItem.state);
  if (mode === 'new') return <LoginForm key="new" login={null} />;
  if (error) {
    return (
      <div className={styles.scroll}>
        <ErrorNotice error={error} />
      </div>
    );
  }
  if (!item || selectedId === null) return <NothingChosen />;
  if (mode === 'edit' && item.id === selectedId) {
    if (item.kind === 'login') return <LoginForm key={item.id} login={item} />;
    return <PasskeyForm key={item.id} passkey={item} />;
  }
  return (
    <div className={styles.scroll} data-part="detail" tabIndex={-1}>
      {item.kind === 'login' ? (
        <LoginDetailView login={item} />
      ) : (
        <PasskeyDetailView passkey={item} />
      )}
    </div>
  );
}

function NothingChosen() {
  return (
    <EmptyState icon={MousePointerClick} title="Nothing chosen">
      Choose an item from the list, with the mouse or the arrow keys.
    </EmptyState>
  );
}
