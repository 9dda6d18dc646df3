// One field of the person's own being entered: label, type, value, and its place among the others.
// SPDX-License-Identifier: MIT

import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { FIELD_LIMITS } from '../../../shared/model/field-limits.ts';
import { CUSTOM_TYPES, type CustomType } from '../../../shared/model/item-kinds.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './custom-field-editor.module.css';
import type { FormField } from './form-draft.ts';
import { ValueEditor } from './value-editor.tsx';

const TYPE_NAMES: Readonly<Record<CustomType, string>> = {
  text: 'Text',
  hidden: 'Hidden',
  boolean: 'Yes or no',
  date: 'Date',
  url: 'Web address',
  email: 'E-mail',
  number: 'Number',
};

export interface CustomFieldEditorProps {
  readonly field: FormField;
  readonly number: number;
  readonly canMoveUp: boolean;
  readonly canMoveDown: boolean;
  readonly onChange: (part: Partial<Pick<FormField, 'label' | 'type' | 'value'>>) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}

export function CustomFieldEditor(props: CustomFieldEditorProps) {
  const { field, number, onChange } = props;
  const name = field.label || `field ${number}`;
  return (
    <div className={styles.field} role="group" aria-label={name} data-line={field.key}>
      <div className={styles.head}>
        <TextField
          label={`Label of field ${number}`}
          isLabelHidden
          value={field.label}
          placeholder="Label"
          maxLength={FIELD_LIMITS.label}
          onChange={(label) => {
            onChange({ label });
          }}
        />
        <Select
          label={`Type of ${name}`}
          isLabelHidden
          options={typesFor(field)}
          value={field.type}
          onChange={(type) => {
            onChange({ type, value: valueAs(type, field.value) });
          }}
        />
        <PlaceTools {...props} name={name} />
      </div>
      <ValueEditor
        key={field.type}
        label={`Value of ${name}`}
        isLabelHidden
        placeholder="Value"
        type={field.type}
        value={field.value}
        canGenerate={field.type === 'hidden'}
        onChange={(value) => {
          onChange({ value });
        }}
      />
    </div>
  );
}

/** A stored value that is not in the form can be uncovered as text; of what else it could be nothing is known here. */
function typesFor({ value }: FormField): readonly { id: CustomType; title: string }[] {
  const types = value === null ? (['text', 'hidden'] as const) : CUSTOM_TYPES;
  return types.map((id) => ({ id, title: TYPE_NAMES[id] }));
}

function valueAs(type: CustomType, value: string | null): string | null {
  if (type !== 'boolean') return value;
  return /^(true|yes|1)$/i.test(value?.trim() ?? '') ? 'true' : 'false';
}

function PlaceTools(props: CustomFieldEditorProps & { readonly name: string }) {
  const { name, canMoveUp, canMoveDown, onMove, onRemove } = props;
  return (
    <div className={styles.tools}>
      <span data-move="-1">
        <IconButton
          icon={ArrowUp}
          label={`Move ${name} up`}
          isDisabled={!canMoveUp}
          onPress={() => {
            onMove(-1);
          }}
        />
      </span>
      <span data-move="1">
        <IconButton
          icon={ArrowDown}
          label={`Move ${name} down`}
          isDisabled={!canMoveDown}
          onPress={() => {
            onMove(1);
          }}
        />
      </span>
      <IconButton icon={X} label={`Remove ${name}`} onPress={onRemove} />
    </div>
  );
}
