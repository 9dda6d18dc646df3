// The form of a login, new or existing. The stored password is not fetched: leaving the field alone keeps it.
// SPDX-License-Identifier: MIT

import { useState } from 'react';
import type { LoginDetail, LoginDraft } from '../../shared/model/item.ts';
import { PasswordField } from '../ui/password-field.tsx';
import { TextField } from '../ui/text-field.tsx';
import { EditFrame } from './edit-frame.tsx';
import { GeneratorButton } from './generator-button.tsx';
import { parseTags, TagsField } from './tags-field.tsx';
import { UrlFields } from './url-fields.tsx';
import { useItemDraft } from './use-item-draft.ts';
import { shownTitle } from './shown-title.ts';

function toDraft(login: LoginDetail | null): LoginDraft {
  if (login) {
    const { id, title, username, urls, note, tags, favourite } = login;
    const password = login.hasPassword ? null : '';
    return { kind: 'login', id, title, username, password, urls, note, tags, favourite };
  }
  const empty = { title: '', username: '', password: '', note: '' };
  return { kind: 'login', id: null, ...empty, urls: [], tags: [], favourite: false };
}

export function LoginForm({ login }: { readonly login: LoginDetail | null }) {
  const { draft, change, save, cancel } = useItemDraft(login?.id ?? 'new', toDraft(login));
  return (
    <EditFrame
      title={login ? `Edit ${shownTitle(login)}` : 'New login'}
      canSave={draft.title.trim() !== ''}
      onSave={save}
      onCancel={cancel}
    >
      <TextField
        label="Title"
        value={draft.title}
        maxLength={1024}
        autoFocus
        onChange={(title) => {
          change({ title });
        }}
      />
      <TextField
        label="User name"
        value={draft.username}
        maxLength={4096}
        onChange={(username) => {
          change({ username });
        }}
      />
      <PasswordPart
        password={draft.password}
        onChange={(password) => {
          change({ password });
        }}
      />
      <UrlFields
        urls={draft.urls}
        onChange={(urls) => {
          change({ urls });
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

interface PasswordPartProps {
  /** Null: the stored one stays. */
  readonly password: string | null;
  readonly onChange: (password: string | null) => void;
}

function PasswordPart({ password, onChange }: PasswordPartProps) {
  const [keepsStored] = useState(password === null);
  return (
    <PasswordField
      label="Password"
      isNew
      value={password ?? ''}
      onChange={(text) => {
        onChange(text === '' && keepsStored ? null : text);
      }}
      end={<GeneratorButton onUse={onChange} />}
      description={keepsStored ? describe(password) : null}
    />
  );
}

function describe(password: string | null): string {
  return password === null
    ? 'Left empty, the stored password stays.'
    : 'This replaces the stored password when you save.';
}
