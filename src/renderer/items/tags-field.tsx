// Tags as one line of words with commas between them.
// SPDX-License-Identifier: MIT

import { useState } from 'react';
import { TextField } from '../ui/text-field.tsx';

/** Trimmed, without repetition, at most 64 of at most 128 characters. */
export function parseTags(text: string): readonly string[] {
  const tags = text.split(',').map((tag) => tag.trim().slice(0, 128));
  return [...new Set(tags.filter((tag) => tag !== ''))].slice(0, 64);
}

export interface TagsFieldProps {
  readonly tags: readonly string[];
  readonly onChange: (text: string) => void;
}

export function TagsField({ tags, onChange }: TagsFieldProps) {
  // The text as it is typed: an unfinished comma would vanish if it were made from the tags.
  const [text, setText] = useState(() => tags.join(', '));
  return (
    <TextField
      label="Tags"
      value={text}
      placeholder="work, family"
      description="Separate them with commas."
      onChange={(next) => {
        setText(next);
        onChange(next);
      }}
    />
  );
}
