// A dialog over the window: a title, what it is about, a way to close it. Escape and a click beside it close it too.
// SPDX-License-Identifier: MIT

import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Heading } from 'react-aria-components';
import { classNames } from './class-names.ts';
import { IconButton } from './icon-button.tsx';
import styles from './modal-dialog.module.css';
import { ModalFrame } from './modal-frame.tsx';

export interface ModalDialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly width?: 's' | 'm' | 'l';
}

export function ModalDialog({ title, isOpen, onClose, children, width = 'm' }: ModalDialogProps) {
  return (
    <ModalFrame isOpen={isOpen} onClose={onClose} width={width}>
      <header className={styles.header}>
        <Heading slot="title" className={classNames(styles.title)}>
          {title}
        </Heading>
        <IconButton icon={X} label="Close" onPress={onClose} />
      </header>
      <div className={styles.content}>{children}</div>
    </ModalFrame>
  );
}
