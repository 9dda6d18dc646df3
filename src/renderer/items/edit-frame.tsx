// The frame of every edit form: heading, fields, Save and Cancel; Escape cancels, Ctrl+Enter saves.
// SPDX-License-Identifier: MIT

import { useState, type SubmitEvent, type KeyboardEvent, type ReactNode } from 'react';
import { toApiError, type ApiError } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Keys } from '../ui/keys.tsx';
import styles from './edit-frame.module.css';

export interface EditFrameProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Why it cannot be saved yet; null where it can. */
  readonly missing: string | null;
  /** Rejects when it was not saved. */
  readonly onSave: () => Promise<void>;
  readonly onCancel: () => void;
  /** What else can be said of an error. */
  readonly explain?: (error: ApiError) => string | null;
}

export function EditFrame(props: EditFrameProps) {
  const { title, children, missing, onSave, onCancel, explain } = props;
  const canSave = missing === null;
  const [isSaving, setIsSaving] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const save = (): void => {
    if (isSaving || !canSave) return;
    setIsSaving(true);
    setError(null);
    onSave().catch((reason: unknown) => {
      setError(toApiError(reason));
      setIsSaving(false);
    });
  };
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    save();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.defaultPrevented) onCancel();
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
  };
  return (
    <form className={styles.form} onSubmit={onSubmit} onKeyDown={onKeyDown} aria-label={title}>
      <div className={styles.scroll}>
        <h1>{title}</h1>
        {error && <ErrorNotice error={error} reason={explain?.(error) ?? null} />}
        {children}
      </div>
      <div className={styles.bar}>
        <Button weight="primary" type="submit" isPending={isSaving} isDisabled={!canSave}>
          Save
        </Button>
        <Button onPress={onCancel}>Cancel</Button>
        <span>
          {missing ?? (
            <>
              <Keys keys="Mod+Enter" /> saves, <Keys keys="Escape" /> cancels
            </>
          )}
        </span>
      </div>
    </form>
  );
}
