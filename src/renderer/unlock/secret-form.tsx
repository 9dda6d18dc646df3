// Unlocks with the secret of a slot. A wrong password says so and stays selected, to be typed over.
// SPDX-License-Identifier: MIT

import type { SubmitEvent } from 'react';
import type { KeyFileChoice, SlotType } from '../../shared/model/keys.ts';
import type { VaultFile } from '../../shared/model/vault.ts';
import type { Api } from '../api.ts';
import type { SecretEntry } from '../keys/secret-entry.ts';
import { SecretError } from '../keys/secret-error.tsx';
import { SecretFields } from '../keys/secret-fields.tsx';
import { useSecret } from '../keys/use-secret.ts';
import { Button } from '../ui/button.tsx';
import { isAgainstMemory, OlderCopyNotice } from './older-copy-notice.tsx';
import styles from './unlock.module.css';
import type { Unlock } from './use-unlock.ts';

export interface SecretFormProps {
  readonly api: Api<'unlock'>;
  readonly type: SlotType;
  readonly unlock: Unlock;
  readonly keyFile: KeyFileChoice | null;
  readonly onKeyFile: (choice: KeyFileChoice) => void;
  readonly hasLostQuickUnlock: boolean;
  readonly onChosen: (vault: VaultFile) => void;
}

export function SecretForm(props: SecretFormProps) {
  const { api, type, unlock, keyFile, onKeyFile, onChosen } = props;
  const secret = useSecret([type], keyFile);
  const { isBusy, refusal } = unlock;
  const change = (part: Partial<SecretEntry>): void => {
    if (part.keyFile) onKeyFile(part.keyFile);
    secret.change(part);
  };
  const present = (acceptOlder?: true): void => {
    if (secret.isEntered) unlock.present(secret.entry, secret.clear, acceptOlder);
  };
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    present();
  };
  const older = refusal && isAgainstMemory(refusal.error) ? refusal.error : null;
  return (
    <form className={styles.form} onSubmit={onSubmit} aria-label="Unlock">
      {props.hasLostQuickUnlock && refusal?.error.code !== 'keys/no-tries-left' && (
        <p className={styles.honest} role="status">
          The tries of quick unlock are used up, so it is gone. After unlocking you can set it
          again.
        </p>
      )}
      <SecretFields
        api={api}
        entry={secret.entry}
        onChange={change}
        error={refusal?.kind === type && !older ? refusal.error : null}
        isReadOnly={isBusy}
        autoFocus
      />
      {older ? (
        <OlderCopyNotice
          {...{ api, isBusy, onChosen }}
          error={older}
          onOpenAllTheSame={() => {
            present(true);
          }}
        />
      ) : (
        <>
          {refusal && <SecretError error={refusal.error} kind={refusal.kind} />}
          <Button weight="primary" size="l" type="submit" isWide isPending={isBusy}>
            {isBusy ? 'Unlocking…' : 'Unlock'}
          </Button>
        </>
      )}
    </form>
  );
}
