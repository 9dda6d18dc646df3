// The vaults that were opened on this computer. Taking one off the list leaves its file where it is.
// SPDX-License-Identifier: MIT

import { X } from 'lucide-react';
import { useId } from 'react';
import type { VaultFile } from '../../shared/model/vault.ts';
import { formatDay } from '../format.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Tile } from '../ui/tile.tsx';
import styles from './recent-vaults.module.css';

export interface RecentVaultsProps {
  readonly vaults: readonly VaultFile[];
  readonly current: string;
  readonly onChoose: (key: string) => void;
  readonly onForget: (key: string) => void;
}

export function RecentVaults({ vaults, current, onChoose, onForget }: RecentVaultsProps) {
  const id = useId();
  return (
    <section className={styles.recent} aria-labelledby={id}>
      <h2 id={id}>Vaults on this computer</h2>
      <ul>
        {vaults.map(({ key, name, modifiedAt }) => (
          <li key={key}>
            <button
              type="button"
              aria-current={key === current ? 'true' : undefined}
              onClick={() => {
                onChoose(key);
              }}
            >
              <Tile title={name} size="s" />
              <b>{name}</b> <small>{formatDay(modifiedAt)}</small>
            </button>
            <IconButton
              icon={X}
              label={`Take ${name} off the list`}
              onPress={() => {
                onForget(key);
              }}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
