// What can be done to the sections of a form: each change makes new sections and leaves the old ones alone.
// SPDX-License-Identifier: MIT

import { newKey, type FormField, type FormSection } from './form-draft.ts';

export type Sections = readonly FormSection[];

function withSection(
  sections: Sections,
  key: string,
  change: (section: FormSection) => FormSection,
): Sections {
  return sections.map((section) => (section.key === key ? change(section) : section));
}

export function renameSection(sections: Sections, key: string, title: string): Sections {
  return withSection(sections, key, (section) => ({ ...section, title }));
}

export function addSection(sections: Sections, key = newKey()): Sections {
  return [...sections, { key, id: null, title: '', fields: [] }];
}

export function removeSection(sections: Sections, key: string): Sections {
  return sections.filter((section) => section.key !== key);
}

/** An empty field at the end of a section. */
export function addField(sections: Sections, sectionKey: string, key = newKey()): Sections {
  const field: FormField = { key, id: null, label: '', type: 'text', value: '' };
  return withSection(sections, sectionKey, (section) => ({
    ...section,
    fields: [...section.fields, field],
  }));
}

export function changeField(
  sections: Sections,
  key: string,
  part: Partial<Pick<FormField, 'label' | 'type' | 'value'>>,
): Sections {
  return sections.map((section) => ({
    ...section,
    fields: section.fields.map((field) => (field.key === key ? { ...field, ...part } : field)),
  }));
}

export function removeField(sections: Sections, key: string): Sections {
  return sections.map((section) => ({
    ...section,
    fields: section.fields.filter((field) => field.key !== key),
  }));
}

/** Whether there is somewhere to move a field to. */
export function canMove(sections: Sections, key: string, by: -1 | 1): boolean {
  return moveField(sections, key, by) !== sections;
}

/** One place up or down; from the edge of a section into the next one. The same sections where there is no place. */
export function moveField(sections: Sections, key: string, by: -1 | 1): Sections {
  const at = sections.findIndex(({ fields }) => fields.some((field) => field.key === key));
  const section = sections[at];
  if (!section) return sections;
  const index = section.fields.findIndex((field) => field.key === key);
  const target = index + by;
  if (target >= 0 && target < section.fields.length) {
    const fields = moved(section.fields, index, target);
    return withSection(sections, section.key, (before) => ({ ...before, fields }));
  }
  const neighbour = sections[at + by];
  const field = section.fields[index];
  if (!neighbour || !field) return sections;
  const fields = by === 1 ? [field, ...neighbour.fields] : [...neighbour.fields, field];
  return withSection(removeField(sections, key), neighbour.key, (before) => ({
    ...before,
    fields,
  }));
}

function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const rest = list.filter((_, index) => index !== from);
  return [...rest.slice(0, to), ...list.slice(from, from + 1), ...rest.slice(to)];
}
