// One vault's ways in: a PIN or Touch ID where one was set in this session, else the secret of one of its slots.
// SPDX-License-Identifier: MIT

import { useState } from 'react';
import type { KeyFileChoice, SlotType, VaultWays } from '../../shared/model/keys.ts';
import type { VaultFile } from '../../shared/model/vault.ts';
import type { Api } from '../api.ts';
import { OtherKinds } from '../keys/secret-fields.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
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
}

export function UnlockForm(props: UnlockFormProps) {
  const unlock = useUnlock(props.api, props.vaultKey);
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
  const [chosen, setChosen] = useState<SlotType | 'quick'>('quick');
  const { quickUnlock } = ways;
  const types = offeredTypes(ways);
  const quick = quickUnlock.is === 'ready' && quickUnlock.triesLeft > 0 ? quickUnlock : null;
  const isQuick = quick !== null && chosen === 'quick';
  const type = types.find((one) => one === chosen) ?? types[0] ?? 'password';
  const choose = (way: SlotType | 'quick') => {
    unlock.clearError();
    setChosen(way);
  };
  return (
    <>
      {isQuick ? (
        <QuickUnlockForm {...{ api, quick, unlock, onChosen }} />
      ) : (
        <SecretForm
          key={type}
          {...{ api, type, unlock, keyFile, onKeyFile, onChosen }}
          hasLostQuickUnlock={unlock.hasTriedQuick && !quick}
        />
      )}
      <div className={styles.ways}>
        {quick && !isQuick && (
          <Button
            weight="quiet"
            onPress={() => {
              choose('quick');
            }}
          >
            {quick.by === 'pin' ? 'Use PIN' : 'Use Touch ID'}
          </Button>
        )}
        <OtherKinds types={types} current={isQuick ? null : type} onChoose={choose} />
      </div>
    </>
  );
}

const ORDER: readonly SlotType[] = ['password', 'password-key-file', 'recovery'];

/** Each kind once, the everyday ones first. */
function offeredTypes({ slots }: VaultWays): readonly SlotType[] {
  return ORDER.filter((type) => slots.includes(type));
}
