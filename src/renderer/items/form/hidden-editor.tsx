// A secret being entered. The stored one is not fetched: leaving the field alone keeps it.
// SPDX-License-Identifier: MIT

import { useState } from 'react';
import { FIELD_LIMITS } from '../../../shared/model/field-limits.ts';
import { PasswordField } from '../../ui/password-field.tsx';
import { inSentence } from '../field-labels.ts';
import { GeneratorButton } from '../../generator/generator-button.tsx';
import type { ValueEditorProps } from './value-editor-props.ts';

export function HiddenEditor(props: ValueEditorProps) {
  const { label, value, onChange, isLong = false, canGenerate = false } = props;
  const [keepsStored] = useState(value === null);
  const change = (text: string): void => {
    onChange(text === '' && keepsStored ? null : text);
  };
  const description = keepsStored ? describe(label, value) : null;
  return (
    <PasswordField
      label={label}
      isNew
      {...(isLong ? { rows: 4 } : {})}
      isLabelHidden={props.isLabelHidden ?? false}
      value={value ?? ''}
      placeholder={props.placeholder ?? ''}
      maxLength={FIELD_LIMITS.value}
      onChange={change}
      end={canGenerate && <GeneratorButton onUse={onChange} />}
      description={description}
    />
  );
}

function describe(label: string, value: string | null): string {
  const name = inSentence(label || 'value');
  return value === null
    ? `Left empty, the stored ${name} stays.`
    : `This replaces the stored ${name} when you save.`;
}
