// A small whole number of at least one, with a step up and down.
// SPDX-License-Identifier: MIT

import { Minus, Plus } from 'lucide-react';
import { Button, Group, Input, Label, NumberField } from 'react-aria-components';
import { classNames } from '../ui/class-names.ts';
import fieldStyles from '../ui/field.module.css';
import styles from './count-field.module.css';

export interface CountFieldProps {
  readonly label: string;
  readonly value: number;
  readonly max: number;
  readonly isDisabled?: boolean;
  readonly onChange: (value: number) => void;
}

export function CountField({ label, value, max, isDisabled = false, onChange }: CountFieldProps) {
  return (
    <NumberField
      className={classNames(fieldStyles.field)}
      value={value}
      minValue={1}
      maxValue={max}
      isDisabled={isDisabled}
      onChange={(next) => {
        if (Number.isFinite(next)) onChange(next);
      }}
    >
      <Label className={fieldStyles.label}>{label}</Label>
      <Group className={classNames(styles.group)}>
        <Button slot="decrement" className={classNames(styles.step)}>
          <Minus size={14} aria-hidden="true" />
        </Button>
        <Input className={classNames(styles.input)} />
        <Button slot="increment" className={classNames(styles.step)}>
          <Plus size={14} aria-hidden="true" />
        </Button>
      </Group>
    </NumberField>
  );
}
