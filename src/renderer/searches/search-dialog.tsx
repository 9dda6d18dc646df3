// A name for a search, and what it looks for.
// SPDX-License-Identifier: MIT

import { useState } from 'react';
import { toApiError, type ApiError } from '../api.ts';
import type { DialogRequest } from '../main/dialog-request.ts';
import { useServices } from '../main/services.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { FormDialog } from '../ui/form-dialog.tsx';
import { TextField } from '../ui/text-field.tsx';

/** As in the table of requests. */
const LIMITS = { name: 128, text: 512 } as const;

export interface SearchDialogProps {
  readonly request: Extract<DialogRequest, { readonly is: 'search' }>;
  readonly onClose: () => void;
}

export function SearchDialog({ request, onClose }: SearchDialogProps) {
  const { searches } = useServices();
  const { id } = request;
  const [name, setName] = useState(request.name);
  const [text, setText] = useState(request.text);
  const [isSaving, setIsSaving] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const search = { id, name: name.trim(), text: text.trim() };
  const other = searches.list.get().find((one) => one.id !== id && one.name === search.name);
  const problem = other ? 'Another search has this name.' : null;
  const canSave = search.name !== '' && search.text !== '' && problem === null;
  const save = (): void => {
    setIsSaving(true);
    setError(null);
    searches.save(search).then(onClose, (reason: unknown) => {
      setIsSaving(false);
      setError(toApiError(reason));
    });
  };
  return (
    <FormDialog
      title={id === null ? 'Save this search' : 'Change the search'}
      submit="Save"
      canSubmit={canSave}
      isPending={isSaving}
      onSubmit={save}
      onClose={onClose}
    >
      <TextField
        label="Name"
        value={name}
        onChange={setName}
        maxLength={LIMITS.name}
        error={problem}
        autoFocus
      />
      <TextField
        label="Looks for"
        value={text}
        onChange={setText}
        maxLength={LIMITS.text}
        isMono
        description="Words, “phrases”, -without, user: url: tag: is:"
      />
      {error && <ErrorNotice error={error} />}
    </FormDialog>
  );
}
