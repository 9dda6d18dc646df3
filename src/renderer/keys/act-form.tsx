// An act that asks for verification: what it means, its own fields, the secret, and two buttons.
// SPDX-License-Identifier: MIT

import { useId, type ReactNode } from 'react';
import { useServices } from '../main/services.ts';
import { Button } from '../ui/button.tsx';
import styles from './act-form.module.css';
import { SecretError } from './secret-error.tsx';
import { OtherKinds, SecretFields } from './secret-fields.tsx';
import { useAct, type ActPlan } from './use-act.ts';

export interface ActFormProps<T> {
  readonly plan: ActPlan<T>;
  readonly title: string;
  readonly lead: ReactNode;
  readonly submit: string;
  readonly isDanger?: boolean;
  /** Fields of the act itself, before the verification. */
  readonly children?: ReactNode;
  readonly passwordLabel?: string;
  /** Whether the verification is where typing begins: where the act has no fields of its own. */
  readonly focusSecret?: boolean;
  readonly onCancel: () => void;
}

export function ActForm<T>(props: ActFormProps<T>) {
  const { plan, title, lead, children, onCancel, focusSecret = false } = props;
  const { api } = useServices();
  const act = useAct(plan);
  const { secret, error } = act;
  const id = useId();
  return (
    <form className={styles.form} onSubmit={act.onSubmit} aria-labelledby={id}>
      <h2 id={id} className={styles.title}>
        {title}
      </h2>
      <p className={styles.lead}>{lead}</p>
      {children}
      <SecretFields
        api={api}
        entry={secret.entry}
        onChange={secret.change}
        error={error}
        isReadOnly={act.isBusy}
        autoFocus={focusSecret}
        {...(props.passwordLabel === undefined ? {} : { passwordLabel: props.passwordLabel })}
      />
      {error && <SecretError error={error} kind={secret.entry.type} />}
      <div className={styles.actions}>
        <Button
          weight={props.isDanger ? 'danger' : 'primary'}
          type="submit"
          isPending={act.isBusy}
          isDisabled={!act.isReady && !act.isBusy}
        >
          {props.submit}
        </Button>
        <Button onPress={onCancel}>Cancel</Button>
        <OtherKinds types={secret.types} current={secret.entry.type} onChoose={secret.choose} />
      </div>
    </form>
  );
}
