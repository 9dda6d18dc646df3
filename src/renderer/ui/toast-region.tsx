// Messages that pass, in one line where there is room: a live region, so that they are read out.
// SPDX-License-Identifier: MIT

import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { useStore } from '../store.ts';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import { IconButton } from './icon-button.tsx';
import type { Toast, Toasts } from './toasts.ts';
import styles from './toast-region.module.css';

export function ToastRegion({ toasts }: { readonly toasts: Toasts }) {
  const list = useStore(toasts.list);
  return (
    <section aria-label="Messages">
      <div role="status" aria-live="polite" aria-atomic="false" className={styles.stack}>
        {list.map((toast) => (
          <ToastCard
            key={toast.id}
            toast={toast}
            onClose={() => {
              toasts.close(toast.id);
            }}
          />
        ))}
      </div>
    </section>
  );
}

function ToastCard({ toast, onClose }: { readonly toast: Toast; readonly onClose: () => void }) {
  const { tone = 'plain', text, action } = toast;
  return (
    <div className={classNames(styles.toast, styles[tone])}>
      {tone === 'good' && <CircleCheck size={16} aria-hidden="true" />}
      {tone === 'bad' && <CircleAlert size={16} aria-hidden="true" />}
      <p title={text}>{text}</p>
      {action && (
        <Button
          weight="quiet"
          onPress={() => {
            action.run();
            onClose();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton icon={X} label="Close message" onPress={onClose} />
    </div>
  );
}
