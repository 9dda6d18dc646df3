// The recovery sheet as it is shown and printed: whose vault, of which day, 24 numbered words, the same as a QR code.
// SPDX-License-Identifier: MIT

import type { RecoverySheet } from '../../shared/model/keys.ts';
import { formatDay } from '../format.ts';
import { QrPicture } from '../ui/qr-picture.tsx';
import styles from './recovery-dialog.module.css';

export interface PaperFacts {
  readonly vaultName: string;
  /** Name of the key; empty where it has none. */
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly madeAt: number;
}

export interface RecoveryPaperProps extends PaperFacts {
  readonly sheet: RecoverySheet;
}

export function RecoveryPaper({ sheet, vaultName, name, madeAt }: RecoveryPaperProps) {
  return (
    <div className={styles.paper}>
      <div className={styles.paperHead}>
        <b>Latchkey recovery key</b>
        <span>
          Vault “{vaultName}”{name !== '' && `, ${name}`}, {formatDay(madeAt)}
        </span>
      </div>
      <div className={styles.paperBody}>
        <ol className={styles.words} aria-label="Words of the recovery key" data-selectable="">
          {sheet.words.map((word, index) => (
            <li key={index}>
              <span>{index + 1}</span> <b>{word}</b>
            </li>
          ))}
        </ol>
        <div className={styles.code}>
          <QrPicture code={sheet.qr} label="The same key as a QR code" />
        </div>
      </div>
      <p className={styles.paperFoot}>
        Whoever holds this sheet and a copy of the vault file can open the vault. Keep it where you
        keep papers that matter, apart from the computer. To use it, choose “Use recovery key” where
        the master password is asked.
      </p>
    </div>
  );
}
