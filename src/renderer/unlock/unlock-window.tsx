// The first window: make a vault where there is none, else open one.
// SPDX-License-Identifier: MIT

import { useEffect, useState } from 'react';
import type { VaultFile } from '../../shared/model/vault.ts';
import { toApiError, type Api, type ApiError } from '../api.ts';
import { BrandMark } from '../ui/brand.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { CreateVault } from './create-vault.tsx';
import { OpenVault } from './open-vault.tsx';
import styles from './unlock.module.css';

export function UnlockWindow({ api }: { readonly api: Api<'unlock'> }) {
  const { vaults, error, take, forget } = useVaults(api);
  const [isCreating, setIsCreating] = useState(false);
  if (!vaults) return null;
  const isFirstStart = vaults.length === 0;
  return (
    <main className={styles.window}>
      <div className={styles.head}>
        <BrandMark size="l" />
      </div>
      {error && <ErrorNotice error={error} />}
      {isCreating || isFirstStart ? (
        <CreateVault
          api={api}
          isFirstStart={isFirstStart}
          onChosen={(vault) => {
            take(vault);
            setIsCreating(false);
          }}
          onBack={() => {
            setIsCreating(false);
          }}
        />
      ) : (
        <OpenVault
          api={api}
          vaults={vaults}
          onChosen={take}
          onForget={forget}
          onNew={() => {
            setIsCreating(true);
          }}
        />
      )}
    </main>
  );
}

/** The vaults that were opened here, the last one first. */
function useVaults(api: Api<'unlock'>) {
  const [vaults, setVaults] = useState<readonly VaultFile[] | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  useEffect(() => {
    api['vaults:list']({}).then(setVaults, (reason: unknown) => {
      setError(toApiError(reason));
      setVaults([]);
    });
  }, [api]);
  return {
    vaults,
    error,
    take: (vault: VaultFile) => {
      setVaults((before) => withVault(before ?? [], vault));
    },
    forget: (key: string) => {
      setError(null);
      api['vaults:forget']({ key }).then(
        () => {
          setVaults((before) => (before ?? []).filter((vault) => vault.key !== key));
        },
        (reason: unknown) => {
          setError(toApiError(reason));
        },
      );
    },
  };
}

/** `vaults` with `vault` in it, chosen last. */
function withVault(vaults: readonly VaultFile[], vault: VaultFile): readonly VaultFile[] {
  const others = vaults.filter(({ key }) => key !== vault.key);
  return [{ ...vault, isLast: true }, ...others.map((other) => ({ ...other, isLast: false }))];
}
