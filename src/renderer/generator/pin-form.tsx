// How long a PIN is.
// SPDX-License-Identifier: MIT

import { GENERATOR_LIMITS } from '../../shared/model/generator.ts';
import { useServices } from '../main/services.ts';
import { useStore } from '../store.ts';
import styles from './generator.module.css';
import { NumberSlider } from './number-slider.tsx';

export function PinForm() {
  const { generator } = useServices();
  const { length } = useStore(generator.state).choices.pin;
  return (
    <>
      <NumberSlider
        label="Digits"
        value={length}
        {...GENERATOR_LIMITS.pin}
        onChange={(next) => {
          generator.choose('pin', { length: next });
        }}
      />
      <p className={styles.hint}>
        PINs that a thief tries first, such as 1234 or 0000, never come out. A PIN is for what locks
        after a few wrong tries: a card, a phone.
      </p>
    </>
  );
}
