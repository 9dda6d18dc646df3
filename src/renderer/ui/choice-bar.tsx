// A choice of one among a few that are all in sight: radio buttons drawn as one bar.
// SPDX-License-Identifier: MIT

import { Label, RadioButton, RadioField, RadioGroup } from 'react-aria-components';
import styles from './choice-bar.module.css';
import { classNames } from './class-names.ts';
import fieldStyles from './field.module.css';

export interface ChoiceBarProps<Id extends string> {
  readonly label: string;
  readonly options: readonly { readonly id: Id; readonly title: string }[];
  readonly value: Id;
  readonly onChange: (id: Id) => void;
}

export function ChoiceBar<Id extends string>(props: ChoiceBarProps<Id>) {
  const { label, options, value, onChange } = props;
  return (
    <RadioGroup
      className={classNames(fieldStyles.field)}
      value={value}
      orientation="horizontal"
      onChange={(id) => {
        const chosen = options.find((option) => option.id === id);
        if (chosen) onChange(chosen.id);
      }}
    >
      <Label className={fieldStyles.label}>{label}</Label>
      <div className={styles.bar}>
        {options.map(({ id, title }) => (
          <RadioField key={id} value={id}>
            <RadioButton className={classNames(styles.option)}>{title}</RadioButton>
          </RadioField>
        ))}
      </div>
    </RadioGroup>
  );
}
