// The own fields of a kind being entered, from the one table of kinds.
// SPDX-License-Identifier: MIT

import { KIND_FIELDS, type FieldSpec } from '../../../shared/model/item-kinds.ts';
import { classNames } from '../../ui/class-names.ts';
import type { FormDraft } from './form-draft.ts';
import { layoutOf, type FieldLine } from './kind-layout.ts';
import styles from './own-field-editors.module.css';
import type { ChangeDraft } from './use-item-draft.ts';
import { ValueEditor } from './value-editor.tsx';

export interface OwnFieldEditorsProps {
  readonly draft: FormDraft;
  readonly change: ChangeDraft;
}

export function OwnFieldEditors({ draft, change }: OwnFieldEditorsProps) {
  const specs: Readonly<Record<string, FieldSpec>> = KIND_FIELDS[draft.kind];
  const toEditor = (name: string) => {
    const spec = specs[name];
    if (!spec || spec.isDerived === true || !isOffered(draft, name)) return null;
    return (
      <ValueEditor
        key={name}
        label={spec.label}
        type={spec.type}
        choices={spec.choices}
        isLong={spec.isLong}
        value={valueOf(draft, name)}
        canGenerate={name === 'password'}
        onChange={(value) => {
          change(({ fields }) => ({ fields: { ...fields, [name]: value } }));
        }}
      />
    );
  };
  return layoutOf(draft.kind).map(({ title, lines }) => {
    const typed = lines.filter((line) => line.some((name) => specs[name]?.isDerived !== true));
    if (typed.length === 0) return null;
    return (
      <fieldset key={title} className={styles.group}>
        {title !== '' && <legend>{title}</legend>}
        {typed.map((line) => (
          <div key={line.join()} className={lineClass(line)}>
            {line.map(toEditor)}
          </div>
        ))}
      </fieldset>
    );
  });
}

/** Only networks of companies and schools ask who it is; what is stored is shown all the same. */
function isOffered({ kind, fields }: FormDraft, name: string): boolean {
  if (kind !== 'wifi' || name !== 'username') return true;
  return fields.security === 'wpa-enterprise' || (fields.username ?? '') !== '';
}

function lineClass(line: FieldLine): string {
  return classNames(styles.line, line.length > 1 && styles.two);
}

/** Null where the stored value stays; a name that is missing was empty. */
function valueOf({ fields }: FormDraft, name: string): string | null {
  const value = fields[name];
  return value === undefined ? '' : value;
}
