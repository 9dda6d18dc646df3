// The place for the 24 words of a recovery key. In sight while they are typed: they are copied from paper.
// SPDX-License-Identifier: MIT

import { useState } from 'react';
import { FieldError, Label, Text, TextArea, TextField } from 'react-aria-components';
import { classNames } from '../ui/class-names.ts';
import fieldStyles from '../ui/field.module.css';
import { toWordList, WORD_COUNT } from './recovery-words.ts';

export interface RecoveryWordsFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isReadOnly?: boolean;
  readonly autoFocus?: boolean;
  readonly error: string | null;
  readonly label?: string;
}

export function RecoveryWordsField(props: RecoveryWordsFieldProps) {
  const { value, onChange } = props;
  const error = useErrorOf(value, props.error);
  return (
    <TextField
      validationBehavior="aria"
      className={classNames(fieldStyles.field)}
      value={value}
      onChange={onChange}
      isInvalid={error !== null}
      isReadOnly={props.isReadOnly ?? false}
      autoFocus={props.autoFocus ?? false}
      maxLength={1024}
    >
      <Label className={fieldStyles.label}>{props.label ?? 'Recovery key'}</Label>
      <TextArea
        className={classNames(fieldStyles.input, fieldStyles.area, fieldStyles.mono)}
        rows={4}
        autoComplete="off"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck="false"
      />
      {error === null && (
        <Text slot="description" className={fieldStyles.description}>
          {describe(value)}
        </Text>
      )}
      <FieldError className={classNames(fieldStyles.error)}>{error}</FieldError>
    </TextField>
  );
}

function describe(text: string): string {
  const count = toWordList(text).length;
  if (count === 0) {
    return 'The 24 words of your recovery sheet, in their order, or the text of its QR code. Capitals, numbers and line breaks do not matter.';
  }
  return `${count} of ${WORD_COUNT} words`;
}

/** The error for as long as the words are those that were refused: words that are being mended are not wrong yet. */
function useErrorOf(value: string, error: string | null): string | null {
  const [refused, setRefused] = useState<string | null>(null);
  if (error === null && refused !== null) setRefused(null);
  if (error !== null && refused === null) setRefused(value);
  return error !== null && (refused ?? value) === value ? error : null;
}
