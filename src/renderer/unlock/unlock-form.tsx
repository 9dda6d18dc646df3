// One vault's ways in: a PIN or Touch ID where one was set in this session, else the secret of one of its slots.
// SPDX-License-Identifier: MIT

import { useEffect, useState } from 'react';
import type { KeyFileChoice, VaultWays } from '../../shared/model/keys.ts';
import type { VaultFile } from '../../shared/model/vault.ts';
import type { Api } from '../api.ts';
import { offeredWays, type WayChoice } from '../keys/offered-ways.ts';
import { OtherWays } from '../keys/other-ways.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { isAgainstMemory } from './older-copy-notice.tsx';
import { QuickUnlockForm } from './quick-unlock-form.tsx';
import { SecretForm } from './secret-form.tsx';
import styles from './unlock.module.css';
import { useUnlock, type Unlock } from './use-unlock.ts';

export interface UnlockFormProps {
  readonly api: Api<'unlock'>;
  readonly vaultKey: string;
  readonly keyFile: KeyFileChoice | null;
  readonly onKeyFile: (choice: KeyFileChoice) => void;
  readonly onForget: () => void;
  /** The person pointed at another file instead. */
  readonly onChosen: (vault: VaultFile) => void;
  /** Whether another file is offered here already. */
  readonly onOffersFile: (isOffered: boolean) => void;
}

export function UnlockForm(props: UnlockFormProps) {
  const unlock = useUnlock(props.api, props.vaultKey);
  const { onOffersFile } = props;
  const offersFile = unlock.refusal !== null && isAgainstMemory(unlock.refusal.error);
  useEffect(() => {
    onOffersFile(offersFile);
    return () => {
      onOffersFile(false);
    };
  }, [offersFile, onOffersFile]);
  if (unlock.waysError) {
    return (
      <div className={styles.form}>
        <ErrorNotice error={unlock.waysError} />
        <Button onPress={unlock.reload}>Try again</Button>
        <Button weight="quiet" onPress={props.onForget}>
          Take it off the list
        </Button>
      </div>
    );
  }
  if (!unlock.ways) return null;
  return <Ways {...props} ways={unlock.ways} unlock={unlock} />;
}

interface WaysProps extends UnlockFormProps {
  readonly ways: VaultWays;
  readonly unlock: Unlock;
}

function Ways({ api, ways, unlock, keyFile, onKeyFile, onChosen }: WaysProps) {
  const [chosen, setChosen] = useState<WayChoice>('quick');
  const offered = offeredWays(ways, chosen);
  const { quick, type } = offered;
  return (
    <>
      {quick && offered.isQuick ? (
        <QuickUnlockForm {...{ api, quick, unlock, onChosen }} />
      ) : (
        <SecretForm
          key={type}
          {...{ api, type, unlock, keyFile, onKeyFile, onChosen }}
          hasLostQuickUnlock={unlock.hasTriedQuick && !quick}
        />
      )}
      <OtherWays
        offered={offered}
        onChoose={(way) => {
          unlock.clearError();
          setChosen(way);
        }}
      />
    </>
  );
}
