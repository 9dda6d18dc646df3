// A labelled line or block of text, with a description or an error under it.
// SPDX-License-Identifier: MIT

import type { ReactNode, Ref } from 'react';
import {
  FieldError,
  Input,
  Label,
  Text,
  TextArea,
  TextField as AriaTextField,
} from 'react-aria-components';
import { classNames } from './class-names.ts';
import styles from './field.module.css';

export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly description?: ReactNode;
  readonly error?: string | null;
  readonly placeholder?: string;
  readonly maxLength?: number;
  readonly isMultiline?: boolean;
  readonly isDisabled?: boolean;
  readonly isMono?: boolean;
  readonly autoFocus?: boolean;
  /** Shown at the end of the line: a button, a unit. */
  readonly end?: ReactNode;
  readonly inputRef?: Ref<HTMLInputElement>;
}

export function TextField(props: TextFieldProps) {
  const { label, value, onChange, description, error, end } = props;
  return (
    <AriaTextField
      className={classNames(styles.field)}
      value={value}
      onChange={onChange}
      isInvalid={Boolean(error)}
      isDisabled={props.isDisabled ?? false}
      autoFocus={props.autoFocus ?? false}
      {...(props.maxLength === undefined ? {} : { maxLength: props.maxLength })}
    >
      <Label className={styles.label}>{label}</Label>
      <div className={styles.box}>
        <TextControl {...props} />
        {end && <div className={styles.end}>{end}</div>}
      </div>
      {description && !error && (
        <Text slot="description" className={styles.description}>
          {description}
        </Text>
      )}
      <FieldError className={classNames(styles.error)}>{error}</FieldError>
    </AriaTextField>
  );
}

function TextControl({ isMultiline, isMono, placeholder, inputRef }: TextFieldProps) {
  const className = classNames(styles.input, isMono && styles.mono, isMultiline && styles.area);
  if (isMultiline)
    return <TextArea className={className} rows={4} placeholder={placeholder ?? ''} />;
  return (
    <Input
      {...(inputRef === undefined ? {} : { ref: inputRef })}
      className={className}
      placeholder={placeholder ?? ''}
      autoComplete="off"
      spellCheck="false"
    />
  );
}
