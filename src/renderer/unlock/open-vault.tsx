// Opens a vault: which one, and by which of its ways in.
// SPDX-License-Identifier: MIT

import { useState } from 'react';
import type { KeyFileChoice } from '../../shared/model/keys.ts';
import type { VaultFile } from '../../shared/model/vault.ts';
import type { Api } from '../api.ts';
import { formatDay } from '../format.ts';
import { Button } from '../ui/button.tsx';
import { OtherFileButton } from './other-file-button.tsx';
import { RecentVaults } from './recent-vaults.tsx';
import { UnlockForm } from './unlock-form.tsx';
import styles from './unlock.module.css';

export interface OpenVaultProps {
  readonly api: Api<'unlock'>;
  /** At least one. */
  readonly vaults: readonly VaultFile[];
  readonly onChosen: (vault: VaultFile) => void;
  /** Takes a vault off the list; its file stays. */
  readonly onForget: (key: string) => void;
  readonly onNew: () => void;
}

/** Which key file goes with which vault, by the vault's key; kept no longer than this window. */
type KeyFiles = Readonly<Record<string, KeyFileChoice>>;

export function OpenVault({ api, vaults, onChosen, onForget, onNew }: OpenVaultProps) {
  const last = vaults.find(({ isLast }) => isLast) ?? vaults[0];
  const [key, setKey] = useState(last?.key ?? '');
  const [isFileOffered, setIsFileOffered] = useState(false);
  const [keyFiles, setKeyFiles] = useState<KeyFiles>({});
  const chosen = vaults.find((vault) => vault.key === key) ?? last;
  if (!chosen) return null;
  const takeOther = (vault: VaultFile): void => {
    setKey(vault.key);
    onChosen(vault);
  };
  return (
    <>
      <h1>Unlock {chosen.name}</h1>
      <p className={styles.lead}>Last changed {formatDay(chosen.modifiedAt)}</p>
      <UnlockForm
        key={chosen.key}
        api={api}
        vaultKey={chosen.key}
        keyFile={keyFiles[chosen.key] ?? null}
        onKeyFile={(choice) => {
          setKeyFiles((before) => ({ ...before, [chosen.key]: choice }));
        }}
        onForget={() => {
          onForget(chosen.key);
        }}
        onChosen={takeOther}
        onOffersFile={setIsFileOffered}
      />
      {vaults.length > 1 && (
        <RecentVaults vaults={vaults} current={chosen.key} onChoose={setKey} onForget={onForget} />
      )}
      <div className={styles.others}>
        {!isFileOffered && <OtherFileButton api={api} onChosen={takeOther} />}
        <Button weight="quiet" onPress={onNew}>
          New vault
        </Button>
      </div>
    </>
  );
}
