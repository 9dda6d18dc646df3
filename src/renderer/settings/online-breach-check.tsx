// The one switch that lets something of the vault touch the network, and what exactly that is.
// SPDX-License-Identifier: MIT

import { useId } from 'react';
import { CheckBox } from '../ui/check-box.tsx';
import styles from './settings-room.module.css';

export interface OnlineBreachCheckProps {
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

export function OnlineBreachCheck({ isOn, onChange }: OnlineBreachCheckProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles.section}>
      <h2 id={id}>Network</h2>
      <CheckBox isChecked={isOn} onChange={onChange}>
        Let the health check ask online for leaked passwords
      </CheckBox>
      <p>
        Off, Latchkey asks no network for anything in your vault. On, for each password the first
        five characters of its SHA-1 hash go to the range service of Have I Been Pwned, which
        answers with all leaked hashes that begin alike, several hundred of them, padded so that not
        even the length of the answer tells anything. The comparison is made here. The service
        learns your address and those five characters, never a password or where you use it. A file
        of hashes does the same without any network.
      </p>
    </section>
  );
}
