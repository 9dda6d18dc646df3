// Sections with fields of the person's own: added, named, moved, removed, changed in type. All of it by keyboard; the
// focus stays with what was moved and goes on to a neighbour of what was removed.
// SPDX-License-Identifier: MIT

import { Plus, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { FIELD_LIMITS, LIST_LIMITS } from '../../../shared/model/field-limits.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { CustomFieldEditor } from './custom-field-editor.tsx';
import { newKey, type FormField, type FormSection } from './form-draft.ts';
import {
  addField,
  addSection,
  canMove,
  changeField,
  moveField,
  removeField,
  removeSection,
  renameSection,
  type Sections,
} from './section-changes.ts';
import styles from './section-editors.module.css';

export interface SectionEditorsProps {
  readonly sections: Sections;
  readonly onChange: (change: (sections: Sections) => Sections) => void;
}

export function SectionEditors({ sections, onChange }: SectionEditorsProps) {
  const { frame, focusNext } = useFocusNext(sections);
  const [said, setSaid] = useState('');
  return (
    <div className={styles.sections} ref={frame}>
      {sections.map((section, index) => (
        <SectionEditor
          key={section.key}
          section={section}
          number={index + 1}
          sections={sections}
          onChange={onChange}
          onMoved={(field, by) => {
            focusNext(`[data-line="${field.key}"] [data-move="${by}"] button`);
            setSaid(`${field.label || 'Field'} moved ${by === 1 ? 'down' : 'up'}.`);
          }}
          onAdded={(key) => {
            focusNext(`[data-line="${key}"] input`);
          }}
          onRemoved={() => {
            focusNext(`[data-section="${section.key}"] [data-add] button`);
          }}
        />
      ))}
      <span className={styles.said} role="status">
        {said}
      </span>
      <div className={styles.tools}>
        <Button
          weight="quiet"
          isDisabled={sections.length >= LIST_LIMITS.sections}
          onPress={() => {
            const [section, field] = [newKey(), newKey()];
            onChange((before) => addField(addSection(before, section), section, field));
            // The first section needs no name: its fields are what was asked for.
            focusNext(
              sections.length === 0
                ? `[data-line="${field}"] input`
                : `[data-section="${section}"] input`,
            );
          }}
        >
          <Plus aria-hidden="true" /> {sections.length === 0 ? 'Add custom field' : 'Add section'}
        </Button>
      </div>
    </div>
  );
}

/** Puts the focus, once the next change is drawn, on what a selector finds; at an end, on the way back. */
function useFocusNext(sections: Sections) {
  const frame = useRef<HTMLDivElement>(null);
  const wanted = useRef<string | null>(null);
  useEffect(() => {
    const selector = wanted.current;
    if (selector === null) return;
    wanted.current = null;
    const found = frame.current?.querySelector<HTMLElement>(selector);
    const isUsable = found && !found.matches(':disabled');
    const line = found?.closest('[data-line]');
    (isUsable ? found : line?.querySelector<HTMLElement>('[data-move] button:enabled'))?.focus();
  }, [sections]);
  return {
    frame,
    focusNext: (selector: string): void => {
      wanted.current = selector;
    },
  };
}

interface SectionEditorProps extends SectionEditorsProps {
  readonly section: FormSection;
  readonly number: number;
  readonly onMoved: (field: FormField, by: -1 | 1) => void;
  readonly onAdded: (key: string) => void;
  readonly onRemoved: () => void;
}

function SectionEditor(props: SectionEditorProps) {
  const { section, number, sections, onChange, onMoved, onAdded, onRemoved } = props;
  const name = section.title || `Section ${number}`;
  return (
    <div className={styles.section} role="group" aria-label={name} data-section={section.key}>
      <SectionHead {...props} />
      {section.fields.map((field, index) => (
        <CustomFieldEditor
          key={field.key}
          field={field}
          number={index + 1}
          canMoveUp={canMove(sections, field.key, -1)}
          canMoveDown={canMove(sections, field.key, 1)}
          onChange={(part) => {
            onChange((before) => changeField(before, field.key, part));
          }}
          onMove={(by) => {
            onChange((before) => moveField(before, field.key, by));
            onMoved(field, by);
          }}
          onRemove={() => {
            onChange((before) => removeField(before, field.key));
            onRemoved();
          }}
        />
      ))}
      <div data-add="" className={styles.add}>
        <Button
          weight="quiet"
          isDisabled={section.fields.length >= LIST_LIMITS.fields}
          onPress={() => {
            const key = newKey();
            onChange((before) => addField(before, section.key, key));
            onAdded(key);
          }}
        >
          <Plus aria-hidden="true" /> Add field
        </Button>
      </div>
    </div>
  );
}

function SectionHead({ section, number, onChange }: SectionEditorProps) {
  return (
    <div className={styles.head}>
      <TextField
        label={`Title of section ${number}`}
        isLabelHidden
        value={section.title}
        placeholder={number === 1 ? 'More fields (title, if you like)' : 'Title of this section'}
        maxLength={FIELD_LIMITS.label}
        onChange={(title) => {
          onChange((before) => renameSection(before, section.key, title));
        }}
      />
      <IconButton
        icon={X}
        label={`Remove ${section.title || `section ${number}`} and its fields`}
        onPress={() => {
          onChange((before) => removeSection(before, section.key));
        }}
      />
    </div>
  );
}
