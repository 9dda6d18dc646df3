// A value in large type, each character in a cell with its number: for reading it out or typing it off.
// SPDX-License-Identifier: MIT

import { classNames } from './class-names.ts';
import styles from './large-type.module.css';
import { ModalDialog } from './modal-dialog.tsx';
import { classOf } from './secret-text.tsx';

/** Longer values are shown as they are: cells would be no help. */
const MOST_CELLS = 256;

export interface LargeTypeProps {
  readonly title: string;
  /** Null while it is not shown. */
  readonly text: string | null;
  readonly onClose: () => void;
}

export function LargeType({ title, text, onClose }: LargeTypeProps) {
  return (
    <ModalDialog title={title} isOpen={text !== null} onClose={onClose} width="l">
      <LargeText text={text ?? ''} />
    </ModalDialog>
  );
}

function LargeText({ text }: { readonly text: string }) {
  const characters = Array.from(text);
  if (characters.length > MOST_CELLS) {
    return (
      <p className={styles.plain} data-selectable="">
        {text}
      </p>
    );
  }
  return (
    <div className={styles.cells} role="img" aria-label={characters.join(' ')}>
      {characters.map((character, index) => (
        <span key={index} className={classNames(styles.cell, styles[classOf(character)])}>
          <b>{character}</b>
          <small>{index + 1}</small>
        </span>
      ))}
    </div>
  );
}
