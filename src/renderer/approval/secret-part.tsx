// Where the person gives what the prompt asks for: what opens this very vault, the same as in the unlock window.
// SPDX-License-Identifier: MIT

import { useMemo, type KeyboardEvent } from 'react';
import type { ApprovalPrompt } from '../../shared/model/approval.ts';
import type { Api } from '../api.ts';
import type { KeyFileApi } from '../keys/key-file-row.tsx';
import type { WayChoice } from '../keys/offered-ways.ts';
import { OtherWays } from '../keys/other-ways.tsx';
import { PinField } from '../keys/pin-field.tsx';
import { SecretFields } from '../keys/secret-fields.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import styles from './approval.module.css';
import { refusalWords, secretReason } from './prompt-words.ts';
import type { Entry } from './use-entry.ts';

export interface SecretPartProps {
  readonly prompt: ApprovalPrompt;
  readonly api: Api<'approval'>;
  readonly entry: Entry;
  readonly onChoose: (way: WayChoice) => void;
  readonly onEnter: () => void;
}

export function SecretPart(props: SecretPartProps) {
  const { prompt, entry, onChoose, onEnter } = props;
  const refusal = refusalWords(prompt);
  return (
    <div
      className={styles.secret}
      onKeyDown={(event) => {
        if (!isEnterInLine(event)) return;
        event.preventDefault();
        onEnter();
      }}
    >
      {refusal !== null && (
        <p className={styles.refusal} role="alert">
          {refusal}
        </p>
      )}
      {entry.waysError && (
        <>
          <ErrorNotice error={entry.waysError} />
          <Button onPress={entry.reload}>Try again</Button>
        </>
      )}
      {entry.offered && (
        <>
          {entry.offered.isQuick ? <QuickPart {...props} /> : <SlotPart {...props} />}
          <OtherWays offered={entry.offered} onChoose={onChoose} />
        </>
      )}
    </div>
  );
}

function QuickPart({ prompt, entry }: SecretPartProps) {
  const { offered, kind, pin, setPin, refusal, isBegun } = entry;
  if (kind !== 'pin') return <p className={styles.hint}>{secretReason(prompt, kind)}</p>;
  return (
    <PinField
      label={secretReason(prompt, kind)}
      value={pin}
      onChange={setPin}
      triesLeft={offered?.quick?.triesLeft ?? 0}
      refusal={refusal}
      autoFocus={isBegun}
    />
  );
}

function SlotPart({ prompt, api, entry }: SecretPartProps) {
  const { secret, kind, change, refusal, isBegun } = entry;
  const keyFiles = useMemo<KeyFileApi>(
    () => ({ 'keys:choose-key-file': () => api['approval:choose-key-file']({}) }),
    [api],
  );
  const lacksFile =
    secret.type === 'password-key-file' && secret.password !== '' && secret.keyFile === null;
  return (
    <>
      <SecretFields
        key={kind}
        api={keyFiles}
        entry={secret}
        onChange={change}
        error={refusal}
        autoFocus={isBegun}
        passwordLabel={secretReason(prompt, kind)}
        recoveryLabel={secretReason(prompt, kind)}
      />
      {lacksFile && (
        <p className={styles.hint} role="status">
          Choose the key file too: this vault opens with both together.
        </p>
      )}
    </>
  );
}

/** Enter in a field of one line sends; in the words of a recovery key it begins a line, on a button it presses that. */
function isEnterInLine({ key, repeat, target, nativeEvent }: KeyboardEvent): boolean {
  return (
    key === 'Enter' && !repeat && !nativeEvent.isComposing && target instanceof HTMLInputElement
  );
}
