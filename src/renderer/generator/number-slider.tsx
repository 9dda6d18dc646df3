// A number within limits: a slider for the eye, a field for the exact one.
// SPDX-License-Identifier: MIT

import { Input, Label, NumberField, Slider, SliderThumb, SliderTrack } from 'react-aria-components';
import { classNames } from '../ui/class-names.ts';
import fieldStyles from '../ui/field.module.css';
import styles from './number-slider.module.css';

export interface NumberSliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}

export function NumberSlider({ label, value, min, max, onChange }: NumberSliderProps) {
  return (
    <div className={styles.both}>
      <Slider
        className={classNames(styles.slider)}
        value={value}
        minValue={min}
        maxValue={max}
        onChange={onChange}
      >
        <Label>{label}</Label>
        <SliderTrack className={classNames(styles.track)}>
          <i style={{ width: `calc(${((value - min) / (max - min)) * 100}% + 8px)` }} />
          <SliderThumb className={classNames(styles.thumb)} />
        </SliderTrack>
      </Slider>
      <NumberField
        aria-label={`${label}, as a number`}
        value={value}
        minValue={min}
        maxValue={max}
        onChange={(next) => {
          // Emptied, it goes back to what it was.
          if (Number.isFinite(next)) onChange(next);
        }}
      >
        <Input className={classNames(fieldStyles.input, styles.number)} />
      </NumberField>
    </div>
  );
}
