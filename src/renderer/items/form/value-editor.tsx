// One value of any type being entered: a line, a date, a month as on a card, a box to tick, a choice, a secret.
// What does not fit the type is said under it.
// SPDX-License-Identifier: MIT

import { useState } from 'react';
import { FIELD_LIMITS } from '../../../shared/model/field-limits.ts';
import type { ValueType } from '../../../shared/model/item-kinds.ts';
import { CheckBox } from '../../ui/check-box.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { DateEditor } from './date-editor.tsx';
import { HiddenEditor } from './hidden-editor.tsx';
import { useProblem } from './use-problem.ts';
import { parseMonth, toShortMonth, valueProblem } from './value-problems.ts';
import type { ValueEditorProps } from './value-editor-props.ts';
import styles from './value-editor.module.css';

const INPUT_MODES = { email: 'email', phone: 'tel', url: 'url', number: 'decimal' } as const;

export function ValueEditor(props: ValueEditorProps) {
  const { type } = props;
  switch (type) {
    case 'hidden':
      return <HiddenEditor {...props} />;
    case 'date':
      return <DateEditor {...props} />;
    case 'month':
      return <MonthEditor {...props} />;
    case 'boolean':
      return <YesOrNo {...props} />;
    case 'choice':
      return <ChoiceEditor {...props} />;
    case 'text':
    case 'multiline':
    case 'url':
    case 'email':
    case 'phone':
    case 'number':
      return <LineEditor {...props} inputMode={type in INPUT_MODES ? toInputMode(type) : 'text'} />;
  }
}

function toInputMode(type: ValueType) {
  return INPUT_MODES[type as keyof typeof INPUT_MODES];
}

type LineEditorProps = ValueEditorProps & {
  readonly inputMode: 'text' | 'email' | 'tel' | 'url' | 'decimal';
};

function LineEditor(props: LineEditorProps) {
  const { label, type, value, onChange, inputMode } = props;
  const problem = useProblem(valueProblem(type, value ?? ''));
  return (
    <TextField
      label={label}
      isLabelHidden={props.isLabelHidden ?? false}
      value={value ?? ''}
      placeholder={props.placeholder ?? ''}
      maxLength={FIELD_LIMITS.value}
      inputMode={inputMode}
      isMultiline={type === 'multiline' || props.isLong === true}
      onChange={onChange}
      {...problem}
    />
  );
}

/** Typed and shown as on a card; kept as YYYY-MM. */
function MonthEditor(props: ValueEditorProps) {
  const { label, value, onChange } = props;
  const [text, setText] = useState(() => toShortMonth(value ?? ''));
  const problem = useProblem(valueProblem('month', value ?? ''));
  return (
    <TextField
      label={label}
      isLabelHidden={props.isLabelHidden ?? false}
      value={text}
      placeholder="MM/YY"
      maxLength={32}
      onChange={(next) => {
        setText(next);
        onChange(parseMonth(next) ?? next.trim());
      }}
      {...problem}
    />
  );
}

function ChoiceEditor({ label, value, onChange, choices = {} }: ValueEditorProps) {
  const options = Object.entries(choices).map(([id, title]) => ({ id, title }));
  const chosen = options.find(({ id }) => id === value) ?? options[0];
  return <Select label={label} options={options} value={chosen?.id ?? ''} onChange={onChange} />;
}

function YesOrNo({ label, value, onChange, isLabelHidden = false }: ValueEditorProps) {
  return (
    <div className={styles.box}>
      <CheckBox
        isChecked={value === 'true'}
        onChange={(isChecked) => {
          onChange(isChecked ? 'true' : 'false');
        }}
      >
        {isLabelHidden ? 'Yes' : label}
      </CheckBox>
    </div>
  );
}
