// What saving does in the fake vault: a draft and what was stored before become what is stored.
// SPDX-License-Identifier: MIT

import type {
  CustomFieldDraft,
  ItemDraft,
  OneTimeCodeDraft,
  SectionDetail,
  SectionDraft,
  SshKeyDraft,
} from '../../../src/shared/model/item.ts';
import type { OneTimeCode } from '../../../src/shared/model/one-time-code.ts';
import { readCode } from './memory-codes.ts';
import type { StoredItem } from './stored-items.ts';

/** `shortId` gives 8 fresh bytes in hex. Throws where the draft holds no one-time code or no key. */
export function applyDraft(
  before: StoredItem,
  draft: ItemDraft,
  shortId: () => string,
): StoredItem {
  const { title, note, tags, favourite, urls, loginId } = draft;
  const typed = Object.entries(draft.fields).filter((entry) => entry[1] !== null);
  const fields = { ...before.fields, ...(Object.fromEntries(typed) as Record<string, string>) };
  return {
    ...before,
    ...{ title, note, tags, favourite, urls },
    fields: { ...fields, ...keyFields(draft.sshKey) },
    sections: draft.sections.map((section) => toSection(section, before, shortId)),
    oneTimeCode: applyCode(before.oneTimeCode, draft.oneTimeCode),
    passkey: before.passkey && { ...before.passkey, loginId },
    formerPasswords: formerPasswords(before, fields),
  };
}

function toSection(
  { id, title, fields }: SectionDraft,
  before: StoredItem,
  shortId: () => string,
): SectionDetail {
  const toField = (field: CustomFieldDraft) => {
    const value = field.value ?? storedValue(before, field.id);
    const { label, type } = field;
    return { id: field.id ?? shortId(), label, type, value, hasValue: value !== '' };
  };
  return { id: id ?? shortId(), title, fields: fields.map(toField) };
}

function storedValue({ sections }: StoredItem, id: string | null): string {
  const stored = sections.flatMap(({ fields }) => fields).find((field) => field.id === id);
  return stored?.value ?? '';
}

function applyCode(before: OneTimeCode | null, draft: OneTimeCodeDraft): OneTimeCode | null {
  switch (draft.action) {
    case 'keep':
      return before;
    case 'remove':
      return null;
    case 'set':
      return readCode(draft.text);
  }
}

/** The fields of a key that is no real one: its text tells where it came from. */
function keyFields(draft: SshKeyDraft): Readonly<Record<string, string>> {
  if (draft.action === 'keep') return {};
  const isMade = draft.action === 'generate';
  const text = isMade ? `made ${draft.type}` : new TextDecoder().decode(draft.key);
  return {
    privateKey: text,
    publicKey: `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 ${isMade ? draft.comment : ''}`.trim(),
    fingerprint: 'SHA256:Zr1kq0wLmbX2pYd5',
    keyType: 'ssh-ed25519',
  };
}

function formerPasswords(before: StoredItem, fields: Readonly<Record<string, string>>) {
  const { password = '' } = before.fields;
  if (password === '' || password === fields.password) return before.formerPasswords;
  return [{ value: password, replacedAt: before.modifiedAt }, ...before.formerPasswords];
}
