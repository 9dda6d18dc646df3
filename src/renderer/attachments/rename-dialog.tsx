// Another name for a file.
// SPDX-License-Identifier: MIT

import { useState, type SubmitEvent } from 'react';
import { FIELD_LIMITS } from '../../shared/model/field-limits.ts';
import { useServices } from '../main/services.ts';
import { Button } from '../ui/button.tsx';
import { ModalDialog } from '../ui/modal-dialog.tsx';
import { TextField } from '../ui/text-field.tsx';
import styles from '../bulk/dialogs.module.css';
import type { PreviewDialogProps } from './preview-dialog.tsx';

/** Why no file can have that name; null where one can. */
export function fileNameProblem(name: string): string | null {
  const trimmed = name.trim();
  if (trimmed === '') return 'A file needs a name.';
  // Such a name could lead a copy out of the folder that it is saved to.
  if (/[/\\]/.test(trimmed) || trimmed === '.' || trimmed === '..') {
    return 'A file name has no slashes and is not dots alone.';
  }
  return /[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u.test(trimmed)
    ? 'There are characters in it that cannot be seen.'
    : null;
}

export function RenameDialog({ request: { id, attachment }, onClose }: PreviewDialogProps) {
  const { api, actions } = useServices();
  const [name, setName] = useState(attachment.name);
  const problem = fileNameProblem(name);
  const isSame = name.trim() === attachment.name;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (problem !== null || isSame) return;
    void actions.undoable(
      () => api['attachments:rename']({ id, attachment: attachment.id, name: name.trim() }),
      () => {
        onClose();
        return { text: `The file is called “${name.trim()}” now.`, selectOnUndo: id };
      },
    );
  };
  return (
    <ModalDialog title="Rename file" isOpen onClose={onClose} width="s">
      <form className={styles.form} onSubmit={submit}>
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          maxLength={FIELD_LIMITS.fileName}
          error={problem}
          autoFocus
        />
        <div className={styles.actions}>
          <Button weight="primary" type="submit" isDisabled={problem !== null || isSame}>
            Rename
          </Button>
          <Button onPress={onClose}>Cancel</Button>
        </div>
      </form>
    </ModalDialog>
  );
}
