// What every dialog stands in: the shade over the window and the sheet on it. Escape and a click beside it close it,
// unless it is to be closed by a decision alone.
// SPDX-License-Identifier: MIT

import type { ReactNode } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { classNames } from './class-names.ts';
import styles from './modal-dialog.module.css';

export interface ModalFrameProps {
  readonly isOpen: boolean;
  /** Null: neither Escape nor a click beside it closes the dialog. */
  readonly onClose: (() => void) | null;
  readonly width: 's' | 'm' | 'l' | 'paper';
  readonly children: ReactNode;
}

export function ModalFrame({ isOpen, onClose, width, children }: ModalFrameProps) {
  const canClose = onClose !== null;
  return (
    <ModalOverlay
      className={classNames(styles.overlay)}
      isOpen={isOpen}
      onOpenChange={(isNowOpen) => {
        if (!isNowOpen) onClose?.();
      }}
      isDismissable={canClose}
      isKeyboardDismissDisabled={!canClose}
    >
      <Modal className={classNames(styles.modal, styles[width])}>
        <Dialog className={classNames(styles.dialog)}>{children}</Dialog>
      </Modal>
    </ModalOverlay>
  );
}
