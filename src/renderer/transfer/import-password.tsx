// Asks for the password of an encrypted export.
// SPDX-License-Identifier: MIT

import { useState, type SubmitEvent } from 'react';
import type { ImportCandidate } from '../../shared/model/transfer.ts';
import { formatSize } from '../format.ts';
import { Button } from '../ui/button.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { type Progress, TransferProgress } from './transfer-progress.tsx';
import styles from './transfer.module.css';

export interface ImportPasswordProps {
  readonly candidate: ImportCandidate;
  readonly isBusy: boolean;
  readonly progress: Progress | null;
  readonly onPassword: (password: string) => void;
  readonly onCancel: () => void;
}

export function ImportPassword(props: ImportPasswordProps) {
  const { candidate, isBusy, progress, onPassword, onCancel } = props;
  const [password, setPassword] = useState('');
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (password === '' || isBusy) return;
    onPassword(password);
    setPassword('');
  };
  return (
    <form className={styles.form} onSubmit={onSubmit} aria-label="Open the export">
      <p>
        <b>{candidate.fileName}</b>, {formatSize(candidate.sizeBytes)}, is encrypted with a password
        of its own.
      </p>
      <PasswordField
        label="Password of the export"
        value={password}
        onChange={setPassword}
        description="It was chosen when the file was exported, and need not be a master password."
        autoFocus
      />
      <div className={styles.actions}>
        <Button weight="primary" type="submit" isPending={isBusy} isDisabled={password === ''}>
          Open
        </Button>
        <Button onPress={onCancel}>Cancel</Button>
        {isBusy && progress && <TransferProgress label="Checking the file" progress={progress} />}
      </div>
    </form>
  );
}
