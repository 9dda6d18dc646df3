// Tags for all chosen items at once, or off them: typed, or taken from those that there are.
// SPDX-License-Identifier: MIT

import { useState } from 'react';
import { formatAmount } from '../format.ts';
import { parseTags } from '../items/form/tags-field.tsx';
import type { DialogRequest } from '../main/dialog-request.ts';
import { useServices } from '../main/services.ts';
import { useStore } from '../store.ts';
import { FormDialog } from '../ui/form-dialog.tsx';
import { TextField } from '../ui/text-field.tsx';
import styles from './dialogs.module.css';

const MOST_SUGGESTED = 12;
/** Tags of one request. */
const MOST_AT_ONCE = 16;

export interface TagDialogProps {
  readonly request: Extract<DialogRequest, { readonly is: 'tags' }>;
  readonly onClose: () => void;
}

export function TagDialog({ request: { act }, onClose }: TagDialogProps) {
  const { bulk, counts, view } = useServices();
  const [ids] = useState(() => bulk.ids);
  const known = (useStore(counts)?.tags ?? []).map(({ tag }) => tag);
  const { section } = useStore(view);
  const first = act === 'remove' && section.in === 'tag' ? section.tag : '';
  const [text, setText] = useState(first);
  const tags = parseTags(text);
  const problem = problemOf(tags, act, known);
  const canSend =
    tags.length > 0 &&
    problem === null &&
    (act === 'add' || tags.every((tag) => known.includes(tag)));
  const send = (): void => {
    if (act === 'add') bulk.addTags(tags);
    else bulk.removeTags(tags);
    onClose();
  };
  const amount = formatAmount(ids.length, 'item');
  return (
    <FormDialog
      title={act === 'add' ? `Add a tag to ${amount}` : `Remove a tag from ${amount}`}
      submit={act === 'add' ? 'Add' : 'Remove'}
      canSubmit={canSend}
      onSubmit={send}
      onClose={onClose}
    >
      <TextField
        label={act === 'add' ? 'Tags to add' : 'Tags to remove'}
        value={text}
        onChange={setText}
        placeholder="work, family"
        maxLength={2048}
        autoFocus
        error={problem}
        description={
          act === 'add'
            ? 'Separate them with commas; work/mail stands below work.'
            : 'Tags below it stay: removing work leaves work/mail.'
        }
      />
      <Suggestions
        tags={suggestionsFor(text, known)}
        onChoose={(tag) => {
          setText(withLastReplaced(text, tag));
        }}
      />
    </FormDialog>
  );
}

/** What keeps the typed tags from being sent; null where nothing does. */
function problemOf(
  tags: readonly string[],
  act: 'add' | 'remove',
  known: readonly string[],
): string | null {
  if (tags.length > MOST_AT_ONCE) return `At most ${MOST_AT_ONCE} tags at a time.`;
  const unknown = tags.find((tag) => !known.includes(tag));
  // While it is being typed it may still become one that there is.
  const mayBecome = known.some((tag) => unknown !== undefined && tag.startsWith(unknown));
  if (act === 'add' || unknown === undefined || mayBecome) return null;
  return `No item has the tag “${unknown}”.`;
}

function lastTyped(text: string): string {
  return (text.split(',').at(-1) ?? '').trim().toLowerCase();
}

function suggestionsFor(text: string, known: readonly string[]): readonly string[] {
  const typed = lastTyped(text);
  const already = parseTags(text);
  return known
    .filter((tag) => !already.includes(tag) && tag.toLowerCase().includes(typed))
    .slice(0, MOST_SUGGESTED);
}

function withLastReplaced(text: string, tag: string): string {
  const before = text
    .split(',')
    .slice(0, -1)
    .map((part) => part.trim());
  return [...before, tag].join(', ');
}

interface SuggestionsProps {
  readonly tags: readonly string[];
  readonly onChoose: (tag: string) => void;
}

function Suggestions({ tags, onChoose }: SuggestionsProps) {
  if (tags.length === 0) return null;
  return (
    <ul className={styles.suggestions} aria-label="Tags in this vault">
      {tags.map((tag) => (
        <li key={tag}>
          <button
            type="button"
            onClick={() => {
              onChoose(tag);
            }}
          >
            {tag}
          </button>
        </li>
      ))}
    </ul>
  );
}
