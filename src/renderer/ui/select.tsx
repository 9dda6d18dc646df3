// A choice of one among a few, as a button with a list.
// SPDX-License-Identifier: MIT

import { Check, ChevronDown } from 'lucide-react';
import {
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
} from 'react-aria-components';
import { classNames } from './class-names.ts';
import fieldStyles from './field.module.css';
import styles from './select.module.css';

export interface SelectProps<Id extends string> {
  readonly label: string;
  readonly options: readonly { readonly id: Id; readonly title: string; readonly note?: string }[];
  readonly value: Id;
  readonly onChange: (id: Id) => void;
  /** Quiet: only words and an arrow, the label for assistive technology alone. */
  readonly isQuiet?: boolean;
  /** The label is read out and not drawn: what stands around it says the same. */
  readonly isLabelHidden?: boolean;
}

export function Select<Id extends string>(props: SelectProps<Id>) {
  const { label, options, value, onChange, isQuiet = false } = props;
  const isLabelHidden = isQuiet || props.isLabelHidden === true;
  return (
    <AriaSelect
      className={classNames(fieldStyles.field)}
      value={value}
      onChange={(key) => {
        const chosen = options.find(({ id }) => id === key);
        if (chosen) onChange(chosen.id);
      }}
      {...(isLabelHidden ? { 'aria-label': label } : {})}
    >
      {!isLabelHidden && <Label className={fieldStyles.label}>{label}</Label>}
      <Button className={classNames(isQuiet ? styles.quiet : styles.button)}>
        <SelectValue className={classNames(styles.value)}>
          {options.find(({ id }) => id === value)?.title}
        </SelectValue>
        <ChevronDown size={isQuiet ? 13 : 15} aria-hidden="true" />
      </Button>
      <Popover className={classNames(styles.popover)} offset={4}>
        <ListBox items={options} className={classNames(styles.list)}>
          {(option) => <SelectOption {...option} />}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

function SelectOption({ id, title, note }: { id: string; title: string; note?: string }) {
  return (
    <ListBoxItem id={id} textValue={title} className={classNames(styles.option)}>
      {({ isSelected }) => (
        <>
          <span className={styles.check}>
            {isSelected && <Check size={14} aria-hidden="true" />}
          </span>
          <span>{title}</span>
          {note !== undefined && <small>{note}</small>}
        </>
      )}
    </ListBoxItem>
  );
}
