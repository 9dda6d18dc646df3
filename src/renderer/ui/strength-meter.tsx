// The strength of a password being chosen, in words and a bar. It advises; what is refused is refused on the main side.
// SPDX-License-Identifier: MIT

import { useEffect, useState } from 'react';
import { Meter } from 'react-aria-components';
import { classNames } from './class-names.ts';
import { loadStrengthCheck, SUGGESTED_LENGTH, type StrengthCheck } from './strength.ts';
import styles from './strength-meter.module.css';

export function StrengthMeter({ password }: { readonly password: string }) {
  const check = useStrengthCheck(password !== '');
  const strength = password === '' ? null : (check?.(password) ?? null);
  const words = strength?.words ?? (password === '' ? '' : 'Measuring…');
  return (
    <Meter
      className={classNames(styles.meter)}
      aria-label="Password strength"
      value={strength ? strength.score + 1 : 0}
      maxValue={5}
      valueLabel={words === '' ? 'Nothing typed' : words}
    >
      <div className={styles.bars} data-score={strength?.score ?? 'none'}>
        {[0, 1, 2, 3, 4].map((bar) => (
          <i
            key={bar}
            className={classNames(strength !== null && bar <= strength.score && styles.on)}
          />
        ))}
      </div>
      <p className={styles.words}>
        {strength ? (
          <>
            <b>{strength.words}.</b> {strength.hint}
          </>
        ) : (
          words || `Use ${SUGGESTED_LENGTH} characters or more. Any characters, no rules.`
        )}
      </p>
    </Meter>
  );
}

function useStrengthCheck(isNeeded: boolean): StrengthCheck | null {
  const [check, setCheck] = useState<StrengthCheck | null>(null);
  useEffect(() => {
    if (!isNeeded) return;
    let isGone = false;
    void loadStrengthCheck().then((loaded) => {
      if (!isGone) setCheck(() => loaded);
    });
    return () => {
      isGone = true;
    };
  }, [isNeeded]);
  return check;
}
