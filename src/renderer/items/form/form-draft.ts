// What an edit form holds while it is being filled in: an ItemDraft with a key for each line, so that lines can be
// moved, and with an SSH key still as text. It becomes bytes on its way out, and those are zeroed.
// SPDX-License-Identifier: MIT

import { toUtf8 } from '../../../shared/bytes.ts';
import {
  fieldsOf,
  type CustomType,
  type ItemKind,
  type ItemUrl,
} from '../../../shared/model/item-kinds.ts';
import type {
  ItemDetail,
  ItemDraft,
  SectionDetail,
  SshKeyChoice,
  SshKeyDraft,
} from '../../../shared/model/item.ts';
import { toPasswordBytes } from '../../password-bytes.ts';

export interface FormUrl extends ItemUrl {
  readonly key: string;
}

export interface FormField {
  readonly key: string;
  /** Null for a field that is new. */
  readonly id: string | null;
  readonly label: string;
  readonly type: CustomType;
  /** Null: the stored value stays. */
  readonly value: string | null;
}

export interface FormSection {
  readonly key: string;
  readonly id: string | null;
  readonly title: string;
  readonly fields: readonly FormField[];
}

export type SshKeyForm =
  | { readonly action: 'keep' }
  | { readonly action: 'generate'; readonly type: SshKeyChoice; readonly comment: string }
  | { readonly action: 'import'; readonly text: string; readonly passphrase: string };

export interface FormDraft extends Omit<ItemDraft, 'urls' | 'sections' | 'sshKey'> {
  readonly urls: readonly FormUrl[];
  readonly sections: readonly FormSection[];
  readonly sshKey: SshKeyForm;
}

/** A key for a line that is new in a form. */
export function newKey(): string {
  return crypto.randomUUID();
}

export const NEW_SSH_KEY: SshKeyForm = { action: 'generate', type: 'ed25519', comment: '' };

/** An empty form for an item of `kind`. */
export function newDraft(kind: ItemKind): FormDraft {
  const fields = fieldsOf(kind)
    .filter(([, spec]) => spec.isDerived !== true)
    .map(([name, spec]) => [name, Object.keys(spec.choices ?? {})[0] ?? '']);
  return {
    ...{ kind, id: null, title: '', note: '', tags: [], favourite: false, loginId: null },
    fields: Object.fromEntries(fields) as Record<string, string>,
    urls: [],
    sections: [],
    oneTimeCode: { action: 'keep' },
    sshKey: kind === 'ssh-key' ? NEW_SSH_KEY : { action: 'keep' },
  };
}

/** The form of an item as it is stored; what is hidden is not in it and stays unless it is typed anew. */
export function draftOf(item: ItemDetail): FormDraft {
  const { kind, id, title, note, tags, favourite } = item;
  const fields = fieldsOf(kind)
    .filter(([, spec]) => spec.isDerived !== true)
    .map(([name]) => [name, item.hidden.includes(name) ? null : (item.fields[name] ?? '')]);
  return {
    ...{ kind, id, title, note, tags, favourite },
    fields: Object.fromEntries(fields) as Record<string, string | null>,
    urls: item.urls.map((url) => ({ ...url, key: newKey() })),
    sections: item.sections.map(toFormSection),
    oneTimeCode: { action: 'keep' },
    sshKey: { action: 'keep' },
    loginId: item.passkey?.loginId ?? null,
  };
}

function toFormSection({ id, title, fields }: SectionDetail): FormSection {
  return {
    ...{ key: id, id, title },
    fields: fields.map((field) => ({
      ...{ key: field.id, id: field.id, label: field.label, type: field.type },
      value: field.type === 'hidden' && field.hasValue ? null : field.value,
    })),
  };
}

/** Runs `send` with the draft as the main side takes it, and zeroes the secrets in it when that has settled. */
export async function withItemDraft<T>(
  form: FormDraft,
  send: (draft: ItemDraft) => Promise<T>,
): Promise<T> {
  const sshKey = toSshKeyDraft(form.sshKey);
  const { urls, sections, ...rest } = form;
  try {
    return await send({
      ...rest,
      sshKey,
      urls: urls
        .map(({ url, match }) => ({ url: url.trim(), match }))
        .filter(({ url }) => url !== ''),
      sections: sections.map(withoutEmptyFields).filter(hasContent).map(withoutKeys),
    });
  } finally {
    if (sshKey.action === 'import') {
      sshKey.key.fill(0);
      sshKey.passphrase?.fill(0);
    }
  }
}

function toSshKeyDraft(form: SshKeyForm): SshKeyDraft {
  if (form.action !== 'import') return form;
  const passphrase = form.passphrase === '' ? null : toPasswordBytes(form.passphrase);
  return { action: 'import', key: toUtf8(form.text), passphrase };
}

/** A line without a label and a value is one that was begun and left. */
function withoutEmptyFields(section: FormSection): FormSection {
  return {
    ...section,
    fields: section.fields.filter(({ label, value }) => label.trim() !== '' || value !== ''),
  };
}

function hasContent({ title, fields }: FormSection): boolean {
  return title.trim() !== '' || fields.length > 0;
}

function withoutKeys({ id, title, fields }: FormSection): ItemDraft['sections'][number] {
  return {
    ...{ id, title: title.trim() },
    fields: fields.map(({ id: fieldId, label, type, value }) => ({
      ...{ id: fieldId, label: label.trim(), type, value },
    })),
  };
}
