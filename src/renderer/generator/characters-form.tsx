// What a password of characters is made of.
// SPDX-License-Identifier: MIT

import { GENERATOR_LIMITS } from '../../shared/model/generator.ts';
import { useServices } from '../main/services.ts';
import { useStore } from '../store.ts';
import { CheckBox } from '../ui/check-box.tsx';
import { TextField } from '../ui/text-field.tsx';
import { CountField } from './count-field.tsx';
import styles from './generator.module.css';
import { NumberSlider } from './number-slider.tsx';

const CLASSES = [
  { name: 'lower', title: 'a–z' },
  { name: 'upper', title: 'A–Z' },
  { name: 'digits', title: '0–9' },
  { name: 'symbols', title: '!#$%' },
] as const;

/** As many as the table of requests takes. */
const MOST_REQUIRED = 16;
const MOST_EXCLUDED = 128;

export function CharactersForm() {
  const { generator } = useServices();
  const chosen = useStore(generator.state).choices.characters;
  const choose = (part: Partial<typeof chosen>): void => {
    generator.choose('characters', part);
  };
  return (
    <>
      <NumberSlider
        label="Length"
        value={chosen.length}
        {...GENERATOR_LIMITS.characters}
        onChange={(length) => {
          choose({ length });
        }}
      />
      <ClassBoxes />
      <div className={styles.few}>
        <CountField
          label="Digits, at least"
          value={chosen.minDigits ?? 1}
          max={MOST_REQUIRED}
          isDisabled={!chosen.digits}
          onChange={(minDigits) => {
            choose({ minDigits });
          }}
        />
        <CountField
          label="Symbols, at least"
          value={chosen.minSymbols ?? 1}
          max={MOST_REQUIRED}
          isDisabled={!chosen.symbols}
          onChange={(minSymbols) => {
            choose({ minSymbols });
          }}
        />
        <TextField
          label="Leave out"
          isMono
          value={chosen.exclude ?? ''}
          maxLength={MOST_EXCLUDED}
          onChange={(exclude) => {
            choose({ exclude });
          }}
        />
      </div>
    </>
  );
}

function ClassBoxes() {
  const { generator } = useServices();
  const chosen = useStore(generator.state).choices.characters;
  const count = CLASSES.filter(({ name }) => chosen[name]).length;
  return (
    <fieldset className={styles.boxes}>
      <legend>Characters</legend>
      {CLASSES.map(({ name, title }) => (
        <CheckBox
          key={name}
          isChecked={chosen[name]}
          // The last class stays: a password needs characters.
          isDisabled={count === 1 && chosen[name]}
          onChange={(isChecked) => {
            generator.choose('characters', { [name]: isChecked });
          }}
        >
          <code>{title}</code>
        </CheckBox>
      ))}
      <CheckBox
        isChecked={chosen.avoidAmbiguous}
        onChange={(avoidAmbiguous) => {
          generator.choose('characters', { avoidAmbiguous });
        }}
      >
        <span>
          No look-alikes (<code>0Oo 1lI|</code>)
        </span>
      </CheckBox>
    </fieldset>
  );
}
