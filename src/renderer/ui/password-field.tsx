// A secret being typed or pasted, in one line or in several: covered unless the person asks to see it; pasting is
// allowed (NIST SP 800-63B-4, 3.1.1.2).
// SPDX-License-Identifier: MIT

import { Eye, EyeOff } from 'lucide-react';
import { useState, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import { FieldError, Input, Label, Text, TextArea, TextField } from 'react-aria-components';
import { classNames } from './class-names.ts';
import styles from './field.module.css';
import { IconButton } from './icon-button.tsx';

export interface PasswordFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly description?: ReactNode;
  readonly error?: string | null;
  /** Whether a password manager of the system may see this as a new one. */
  readonly isNew?: boolean;
  readonly isReadOnly?: boolean;
  readonly autoFocus?: boolean;
  readonly end?: ReactNode;
  readonly onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly maxLength?: number;
  readonly placeholder?: string;
  /** The label is read out and not drawn: what stands around it says the same. */
  readonly isLabelHidden?: boolean;
  /** In several lines, as keys are. */
  readonly rows?: number;
}

export function PasswordField(props: PasswordFieldProps) {
  const { label, value, onChange, description, error } = props;
  const [isShown, setIsShown] = useState(false);
  return (
    <TextField
      className={classNames(styles.field)}
      value={value}
      onChange={onChange}
      type={isShown ? 'text' : 'password'}
      isInvalid={Boolean(error)}
      // Says what is wrong; whether a form may be sent is for the form to decide.
      validationBehavior="aria"
      isReadOnly={props.isReadOnly ?? false}
      autoFocus={props.autoFocus ?? false}
      maxLength={props.maxLength ?? 1024}
      {...(props.isLabelHidden ? { 'aria-label': label } : {})}
    >
      {!props.isLabelHidden && <Label className={styles.label}>{label}</Label>}
      <div className={styles.box}>
        {props.rows === undefined ? (
          <SecretLine {...props} isShown={isShown} />
        ) : (
          <SecretLines {...props} rows={props.rows} isShown={isShown} />
        )}
        <div className={classNames(styles.end, props.rows !== undefined && styles.endOfLines)}>
          {props.end}
          <IconButton
            icon={isShown ? EyeOff : Eye}
            // Not named after the field, or the field could not be found by its own name alone.
            label={isShown ? 'Hide typing' : 'Show typing'}
            onPress={() => {
              setIsShown(!isShown);
            }}
          />
        </div>
      </div>
      {description && !error && (
        <Text slot="description" className={styles.description}>
          {description}
        </Text>
      )}
      <FieldError className={classNames(styles.error)}>{error}</FieldError>
    </TextField>
  );
}

interface ShownOrNot {
  readonly isShown: boolean;
}

function SecretLine(props: PasswordFieldProps & ShownOrNot) {
  const { inputRef, onKeyDown, isShown } = props;
  return (
    <Input
      {...(inputRef === undefined ? {} : { ref: inputRef })}
      {...(onKeyDown === undefined ? {} : { onKeyDown })}
      className={classNames(
        styles.input,
        props.end ? styles.secretWide : styles.secret,
        isShown && styles.mono,
      )}
      autoComplete={props.isNew ? 'new-password' : 'off'}
      placeholder={props.placeholder ?? ''}
      autoCapitalize="off"
      spellCheck="false"
    />
  );
}

function SecretLines(props: PasswordFieldProps & ShownOrNot & { readonly rows: number }) {
  const { value, isShown, rows, placeholder = '' } = props;
  return (
    <TextArea
      className={classNames(
        ...[styles.input, styles.area, styles.mono, styles.lines],
        !isShown && value !== '' && styles.covered,
      )}
      rows={rows}
      placeholder={placeholder}
      autoComplete="off"
      autoCapitalize="off"
      spellCheck="false"
    />
  );
}
