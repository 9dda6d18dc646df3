// The form of a passkey: only what the person wrote can change; key, site and account never do.
// SPDX-License-Identifier: MIT

import type { PasskeyDetail, PasskeyDraft } from '../../shared/model/item.ts';
import { EditFrame } from '../items/edit-frame.tsx';
import { parseTags, TagsField } from '../items/tags-field.tsx';
import { useItemDraft } from '../items/use-item-draft.ts';
import { TextField } from '../ui/text-field.tsx';

function toDraft({ id, title, note, tags, favourite }: PasskeyDetail): PasskeyDraft {
  return { kind: 'passkey', id, title, note, tags, favourite };
}

export function PasskeyForm({ passkey }: { readonly passkey: PasskeyDetail }) {
  const { draft, change, save, cancel } = useItemDraft(passkey.id, toDraft(passkey));
  return (
    <EditFrame
      title={`Edit ${passkey.title}`}
      canSave={draft.title.trim() !== ''}
      onSave={save}
      onCancel={cancel}
    >
      <TextField
        label="Title"
        value={draft.title}
        maxLength={1024}
        autoFocus
        description="The site and the account of a passkey cannot be changed."
        onChange={(title) => {
          change({ title });
        }}
      />
      <TextField
        label="Note"
        value={draft.note}
        maxLength={65_536}
        isMultiline
        onChange={(note) => {
          change({ note });
        }}
      />
      <TagsField
        tags={draft.tags}
        onChange={(text) => {
          change({ tags: parseTags(text) });
        }}
      />
    </EditFrame>
  );
}
