// A small dialog with a form: what is asked, the button that sends it, and a way out. Nothing is sent before it can be.
// SPDX-License-Identifier: MIT

import type { ReactNode, SubmitEvent } from 'react';
import { Button } from './button.tsx';
import styles from './form-dialog.module.css';
import { ModalDialog } from './modal-dialog.tsx';

export interface FormDialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** What the button says that sends the form. */
  readonly submit: string;
  readonly weight?: 'primary' | 'danger';
  readonly canSubmit: boolean;
  readonly isPending?: boolean;
  readonly onSubmit: () => void;
  readonly cancel?: string;
  readonly onClose: () => void;
  /** Beside the buttons. */
  readonly aside?: ReactNode;
}

export function FormDialog(props: FormDialogProps) {
  const { title, children, submit, canSubmit, onSubmit, onClose } = props;
  const { weight = 'primary', isPending = false, cancel = 'Cancel' } = props;
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    if (canSubmit && !isPending) onSubmit();
  };
  return (
    <ModalDialog title={title} isOpen onClose={onClose} width="s">
      <form className={styles.form} onSubmit={send}>
        {children}
        <div className={styles.actions}>
          <Button weight={weight} type="submit" isPending={isPending} isDisabled={!canSubmit}>
            {submit}
          </Button>
          <Button onPress={onClose}>{cancel}</Button>
          {props.aside}
        </div>
      </form>
    </ModalDialog>
  );
}
