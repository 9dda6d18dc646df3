// Another name for a file.
// SPDX-License-Identifier: MIT

import { useState } from 'react';
import { FIELD_LIMITS } from '../../shared/model/field-limits.ts';
import { fileNameProblem, type FileNameProblem } from '../../shared/model/file-name.ts';
import { useServices } from '../main/services.ts';
import { FormDialog } from '../ui/form-dialog.tsx';
import { TextField } from '../ui/text-field.tsx';
import type { PreviewDialogProps } from './preview-dialog.tsx';

const PROBLEMS: Readonly<Record<FileNameProblem, string>> = {
  empty: 'A file needs a name.',
  // Such a name could lead a copy out of the folder that it is saved to.
  slash: 'A file name has no slashes.',
  dots: 'A file name is more than dots.',
  unseen: 'There are characters in it that cannot be seen.',
  reserved: 'Windows keeps this name for a device: the file could not be saved there.',
  end: 'A file name does not end in a dot: Windows would cut it off.',
};

export function RenameDialog({ request: { id, attachment }, onClose }: PreviewDialogProps) {
  const { api, actions } = useServices();
  const [name, setName] = useState(attachment.name);
  const found = fileNameProblem(name.trim());
  const problem = found === null ? null : PROBLEMS[found];
  const isSame = name.trim() === attachment.name;
  const rename = (): void => {
    void actions.undoable(
      () => api['attachments:rename']({ id, attachment: attachment.id, name: name.trim() }),
      () => {
        onClose();
        return { text: `The file is called “${name.trim()}” now.`, selectOnUndo: id };
      },
    );
  };
  return (
    <FormDialog
      title="Rename file"
      submit="Rename"
      canSubmit={problem === null && !isSame}
      onSubmit={rename}
      onClose={onClose}
    >
      <TextField
        label="Name"
        value={name}
        onChange={setName}
        maxLength={FIELD_LIMITS.fileName}
        error={problem}
        autoFocus
      />
    </FormDialog>
  );
}
