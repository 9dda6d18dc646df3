// Where an SSH key comes from: made here, or taken in as text or from a file. A stored key stays unless it is replaced.
// SPDX-License-Identifier: MIT

import { FileKey } from 'lucide-react';
import { useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { FIELD_LIMITS } from '../../../shared/model/field-limits.ts';
import { SSH_KEY_CHOICES, type SshKeyChoice } from '../../../shared/model/item.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceBar } from '../../ui/choice-bar.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { NEW_SSH_KEY, type SshKeyForm } from './form-draft.ts';
import styles from './ssh-key-editor.module.css';

/** The longest text that is taken as a key, in bytes; the main side refuses more. */
const MOST_BYTES = 65_536;

const TYPES = (Object.keys(SSH_KEY_CHOICES) as SshKeyChoice[]).map((id) => ({
  id,
  title: SSH_KEY_CHOICES[id],
}));

const SOURCES: Readonly<Record<SshKeyForm['action'], string>> = {
  keep: 'Keep this key',
  generate: 'Make a new key',
  import: 'Import a key',
};

const EMPTY_IMPORT: SshKeyForm = { action: 'import', text: '', passphrase: '' };

export interface SshKeyEditorProps {
  readonly form: SshKeyForm;
  /** Whether there is a stored key that can be kept. */
  readonly hasStored: boolean;
  readonly onChange: (form: SshKeyForm) => void;
}

export function SshKeyEditor({ form, hasStored, onChange }: SshKeyEditorProps) {
  const actions = (['keep', 'generate', 'import'] as const).filter(
    (action) => hasStored || action !== 'keep',
  );
  return (
    <div className={styles.key}>
      <ChoiceBar
        label="Key"
        options={actions.map((id) => ({ id, title: SOURCES[id] }))}
        value={form.action}
        onChange={(action) => {
          onChange(
            { keep: { action: 'keep' }, generate: NEW_SSH_KEY, import: EMPTY_IMPORT }[
              action
            ] as SshKeyForm,
          );
        }}
      />
      {hasStored && form.action !== 'keep' && (
        <p className={styles.note}>
          The present key is replaced when you save; it stays in the history of this item.
        </p>
      )}
      {form.action === 'generate' && <GenerateFields form={form} onChange={onChange} />}
      {form.action === 'import' && <ImportFields form={form} onChange={onChange} />}
    </div>
  );
}

interface FieldsProps<Action extends SshKeyForm['action']> {
  readonly form: Extract<SshKeyForm, { action: Action }>;
  readonly onChange: (form: SshKeyForm) => void;
}

function GenerateFields({ form, onChange }: FieldsProps<'generate'>) {
  return (
    <div className={styles.two}>
      <Select
        label="Type"
        options={TYPES}
        value={form.type}
        onChange={(type) => {
          onChange({ ...form, type });
        }}
      />
      <TextField
        label="Comment"
        value={form.comment}
        maxLength={FIELD_LIMITS.label}
        placeholder="name@machine"
        onChange={(comment) => {
          onChange({ ...form, comment });
        }}
      />
    </div>
  );
}

function ImportFields({ form, onChange }: FieldsProps<'import'>) {
  const [problem, setProblem] = useState<string | null>(null);
  const readFile = (files: FileList | null): void => {
    const file = files?.[0];
    if (!file) return;
    if (file.size > MOST_BYTES) {
      setProblem('This file is far larger than any key.');
      return;
    }
    file.text().then(
      (text) => {
        setProblem(null);
        onChange({ ...form, text });
      },
      () => {
        setProblem('This file could not be read.');
      },
    );
  };
  return (
    <>
      <PasswordField
        label="Private key"
        rows={4}
        value={form.text}
        maxLength={MOST_BYTES}
        placeholder="-----BEGIN OPENSSH PRIVATE KEY-----"
        description="In the format of OpenSSH or PKCS#8."
        error={problem}
        onChange={(text) => {
          setProblem(null);
          onChange({ ...form, text });
        }}
      />
      <div className={styles.file}>
        <FileTrigger onSelect={readFile}>
          <Button>
            <FileKey aria-hidden="true" /> From a file…
          </Button>
        </FileTrigger>
      </div>
      <PasswordField
        label="Passphrase of the key"
        value={form.passphrase}
        description="Only if it has one. The vault keeps the key without it, under its own seal."
        onChange={(passphrase) => {
          onChange({ ...form, passphrase });
        }}
      />
    </>
  );
}
