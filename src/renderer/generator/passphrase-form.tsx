// What a passphrase is made of: words of the EFF's long list.
// SPDX-License-Identifier: MIT

import { GENERATOR_LIMITS } from '../../shared/model/generator.ts';
import { useServices } from '../main/services.ts';
import { useStore } from '../store.ts';
import { CheckBox } from '../ui/check-box.tsx';
import { TextField } from '../ui/text-field.tsx';
import styles from './generator.module.css';
import { NumberSlider } from './number-slider.tsx';

export function PassphraseForm() {
  const { generator } = useServices();
  const chosen = useStore(generator.state).choices.passphrase;
  const choose = (part: Partial<typeof chosen>): void => {
    generator.choose('passphrase', part);
  };
  return (
    <>
      <NumberSlider
        label="Words"
        value={chosen.words}
        {...GENERATOR_LIMITS.words}
        onChange={(words) => {
          choose({ words });
        }}
      />
      <div className={styles.few}>
        <TextField
          label="Between the words"
          isMono
          value={chosen.separator}
          placeholder="nothing"
          maxLength={GENERATOR_LIMITS.separator}
          onChange={(separator) => {
            choose({ separator });
          }}
        />
      </div>
      <fieldset className={styles.boxes}>
        <legend>Where a site insists</legend>
        <CheckBox
          isChecked={chosen.capitalise}
          onChange={(capitalise) => {
            choose({ capitalise });
          }}
        >
          Capitals
        </CheckBox>
        <CheckBox
          isChecked={chosen.addDigit}
          onChange={(addDigit) => {
            choose({ addDigit });
          }}
        >
          A digit behind one of the words
        </CheckBox>
      </fieldset>
      <p className={styles.hint}>
        Words of the EFF’s long list, drawn as with dice. Easy to type and to remember.
      </p>
    </>
  );
}
