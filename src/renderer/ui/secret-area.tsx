// A secret of several lines being typed or pasted: covered unless the person asks to see it.
// SPDX-License-Identifier: MIT

import { Eye, EyeOff } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { FieldError, Label, Text, TextArea, TextField } from 'react-aria-components';
import { classNames } from './class-names.ts';
import fieldStyles from './field.module.css';
import { IconButton } from './icon-button.tsx';
import styles from './secret-area.module.css';

export interface SecretAreaProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly maxLength: number;
  readonly description?: ReactNode;
  readonly error?: string | null;
  readonly placeholder?: string;
}

export function SecretArea(props: SecretAreaProps) {
  const { label, value, onChange, maxLength, description, error } = props;
  const [isShown, setIsShown] = useState(false);
  return (
    <TextField
      className={classNames(fieldStyles.field)}
      value={value}
      onChange={onChange}
      isInvalid={Boolean(error)}
      // Says what is wrong; whether a form may be sent is for the form to decide.
      validationBehavior="aria"
      maxLength={maxLength}
    >
      <Label className={fieldStyles.label}>{label}</Label>
      <div className={fieldStyles.box}>
        <TextArea
          className={classNames(
            fieldStyles.input,
            fieldStyles.area,
            fieldStyles.mono,
            styles.area,
            !isShown && value !== '' && styles.covered,
          )}
          rows={4}
          placeholder={props.placeholder ?? ''}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck="false"
        />
        <div className={styles.end}>
          <IconButton
            icon={isShown ? EyeOff : Eye}
            label={isShown ? 'Hide typing' : 'Show typing'}
            onPress={() => {
              setIsShown(!isShown);
            }}
          />
        </div>
      </div>
      {description && !error && (
        <Text slot="description" className={fieldStyles.description}>
          {description}
        </Text>
      )}
      <FieldError className={classNames(fieldStyles.error)}>{error}</FieldError>
    </TextField>
  );
}
