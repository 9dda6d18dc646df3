// A labelled line or block of text, with a description or an error under it.
// SPDX-License-Identifier: MIT

import type { KeyboardEvent, ReactNode, Ref } from 'react';
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
  /** The label is read out and not drawn: what stands around it says the same. */
  readonly isLabelHidden?: boolean;
  readonly inputMode?: 'text' | 'decimal' | 'email' | 'tel' | 'url';
  readonly rows?: number;
  readonly onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  readonly onFocus?: () => void;
  readonly onBlur?: () => void;
}

export function TextField(props: TextFieldProps) {
  const { label, value, onChange, description, error, end } = props;
  return (
    <AriaTextField
      className={classNames(styles.field)}
      value={value}
      onChange={onChange}
      isInvalid={Boolean(error)}
      // Says what is wrong; whether a form may be sent is for the form to decide.
      validationBehavior="aria"
      isDisabled={props.isDisabled ?? false}
      autoFocus={props.autoFocus ?? false}
      {...(props.onFocus === undefined ? {} : { onFocus: props.onFocus })}
      {...(props.onBlur === undefined ? {} : { onBlur: props.onBlur })}
      {...(props.isLabelHidden ? { 'aria-label': label } : {})}
      {...(props.maxLength === undefined ? {} : { maxLength: props.maxLength })}
    >
      {!props.isLabelHidden && <Label className={styles.label}>{label}</Label>}
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

function TextControl(props: TextFieldProps) {
  const { isMultiline, isMono, placeholder, inputRef, onKeyDown } = props;
  const { inputMode = 'text', rows = 4 } = props;
  const className = classNames(styles.input, isMono && styles.mono, isMultiline && styles.area);
  if (isMultiline)
    return <TextArea className={className} rows={rows} placeholder={placeholder ?? ''} />;
  return (
    <Input
      {...(inputRef === undefined ? {} : { ref: inputRef })}
      {...(onKeyDown === undefined ? {} : { onKeyDown })}
      className={className}
      placeholder={placeholder ?? ''}
      autoComplete="off"
      inputMode={inputMode}
      spellCheck="false"
    />
  );
}
