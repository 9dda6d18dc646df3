// A box to tick.
// SPDX-License-Identifier: MIT

import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { CheckboxButton, CheckboxField } from 'react-aria-components';
import { classNames } from './class-names.ts';
import styles from './check-box.module.css';

export interface CheckBoxProps {
  readonly children: ReactNode;
  readonly isChecked: boolean;
  readonly isDisabled?: boolean;
  readonly onChange: (isChecked: boolean) => void;
}

export function CheckBox({ children, isChecked, isDisabled = false, onChange }: CheckBoxProps) {
  return (
    <CheckboxField isSelected={isChecked} isDisabled={isDisabled} onChange={onChange}>
      <CheckboxButton className={classNames(styles.row)}>
        <span className={styles.box}>
          <Check size={12} strokeWidth={3} aria-hidden="true" />
        </span>
        {children}
      </CheckboxButton>
    </CheckboxField>
  );
}
