// Another name for a tag, on every item that has it; tags below it go along.
// SPDX-License-Identifier: MIT

import { useState } from 'react';
import { FIELD_LIMITS } from '../../shared/model/field-limits.ts';
import { parseTags } from '../items/form/tags-field.tsx';
import type { DialogRequest } from '../main/dialog-request.ts';
import { useServices } from '../main/services.ts';
import { useStore } from '../store.ts';
import { FormDialog } from '../ui/form-dialog.tsx';
import { TextField } from '../ui/text-field.tsx';
import { renameTag } from './tag-acts.ts';

export interface RenameTagDialogProps {
  readonly request: Extract<DialogRequest, { readonly is: 'rename-tag' }>;
  readonly onClose: () => void;
}

export function RenameTagDialog({ request: { tag }, onClose }: RenameTagDialogProps) {
  const services = useServices();
  const known = (useStore(services.counts)?.tags ?? []).map((one) => one.tag);
  const [text, setText] = useState(tag);
  const names = parseTags(text);
  const [name = ''] = names;
  const problem = problemOf(tag, names, known);
  const [isBusy, setIsBusy] = useState(false);
  const isSame = name === tag;
  const rename = (): void => {
    setIsBusy(true);
    void renameTag(tag, name, services).then((isRenamed) => {
      setIsBusy(false);
      // What was typed stays where it was refused.
      if (isRenamed) onClose();
    });
  };
  return (
    <FormDialog
      title={`Rename the tag “${tag}”`}
      submit="Rename"
      canSubmit={problem === null && !isSame}
      isPending={isBusy}
      onSubmit={rename}
      onClose={onClose}
    >
      <TextField
        label="Name"
        value={text}
        onChange={setText}
        maxLength={FIELD_LIMITS.tag}
        error={problem}
        description={
          !isSame && known.includes(name)
            ? 'There is such a tag: its items and these come together.'
            : 'Tags below it keep their place. A slash makes levels.'
        }
        autoFocus
      />
    </FormDialog>
  );
}

function problemOf(tag: string, names: readonly string[], known: readonly string[]): string | null {
  const [name] = names;
  if (name === undefined) return 'A tag needs a name.';
  if (names.length > 1) return 'A tag has no comma in its name.';
  if (name !== tag && name.startsWith(`${tag}/`)) return 'A tag cannot go below itself.';
  const below = known.filter((one) => one.startsWith(`${tag}/`));
  const longest = Math.max(0, ...below.map((one) => name.length + one.length - tag.length));
  return longest > FIELD_LIMITS.tag ? 'With this name a tag below it would be too long.' : null;
}
