// Tags as one line of words with commas between them; a slash puts one tag below another.
// SPDX-License-Identifier: MIT

import { useState } from 'react';
import { FIELD_LIMITS, LIST_LIMITS } from '../../../shared/model/field-limits.ts';
import { TextField } from '../../ui/text-field.tsx';

/** Trimmed, without empty parts and without repetition, no more and no longer than an item may have. */
export function parseTags(text: string): readonly string[] {
  const tags = text.split(',').map((tag) => {
    const parts = tag.split('/').map((part) => part.trim());
    return parts
      .filter((part) => part !== '')
      .join('/')
      .slice(0, FIELD_LIMITS.tag)
      .replace(/\/$/, '');
  });
  return [...new Set(tags.filter((tag) => tag !== ''))].slice(0, LIST_LIMITS.tags);
}

export interface TagsFieldProps {
  readonly tags: readonly string[];
  readonly onChange: (tags: readonly string[]) => void;
}

export function TagsField({ tags, onChange }: TagsFieldProps) {
  // The text as it is typed: an unfinished comma would vanish if it were made from the tags.
  const [text, setText] = useState(() => tags.join(', '));
  return (
    <TextField
      label="Tags"
      value={text}
      placeholder="work, family"
      description="Separate them with commas; work/mail stands below work."
      onChange={(next) => {
        setText(next);
        onChange(parseTags(next));
      }}
    />
  );
}
