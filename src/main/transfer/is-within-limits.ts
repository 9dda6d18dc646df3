// What the vault accepts from an editor, it accepts from a file, and nothing larger.
// SPDX-License-Identifier: MIT

import {
  FIELD_LIMITS,
  LIST_LIMITS,
  MAX_ATTACHMENT_BYTES,
} from '../../shared/model/field-limits.ts';
import { ONE_TIME_CODE_LIMITS } from '../../shared/model/one-time-code.ts';
import type { ImportedItem } from './importer.ts';

/** More than any item remembers; only a file that somebody made has them. */
const MOST_FORMER_PASSWORDS = 256;
/** WebAuthn, "credential ID"; user handles of other authenticators may be longer than the 64 bytes of the standard. */
const MOST_CREDENTIAL_BYTES = 1023;

/** Whether an editor, or a ceremony, could have made this item. */
export function isWithinLimits(item: ImportedItem): boolean {
  return (
    item.title.length <= FIELD_LIMITS.title &&
    item.note.length <= FIELD_LIMITS.note &&
    areWithin(item.tags, LIST_LIMITS.tags, FIELD_LIMITS.tag) &&
    areWithin(
      item.urls.map(({ url }) => url),
      LIST_LIMITS.urls,
      FIELD_LIMITS.url,
    ) &&
    Object.values<string>(item.fields).every((text) => text.length <= FIELD_LIMITS.value) &&
    areSectionsWithin(item) &&
    areFilesWithin(item) &&
    isCodeWithin(item) &&
    areWithin(
      item.formerPasswords.map(({ value }) => value),
      MOST_FORMER_PASSWORDS,
      FIELD_LIMITS.password,
    ) &&
    isCredentialWithin(item)
  );
}

function areSectionsWithin({ sections }: ImportedItem): boolean {
  return (
    sections.length <= LIST_LIMITS.sections &&
    sections.every(
      ({ title, fields }) =>
        title.length <= FIELD_LIMITS.label &&
        fields.length <= LIST_LIMITS.fields &&
        fields.every(
          ({ label, value }) =>
            label.length <= FIELD_LIMITS.label && value.length <= FIELD_LIMITS.value,
        ),
    )
  );
}

function areFilesWithin({ attachments }: ImportedItem): boolean {
  return (
    attachments.length <= LIST_LIMITS.attachments &&
    attachments.every(
      ({ name, sizeBytes }) =>
        name.length <= FIELD_LIMITS.fileName && sizeBytes <= MAX_ATTACHMENT_BYTES,
    )
  );
}

function isCodeWithin({ oneTimeCode }: ImportedItem): boolean {
  return (
    oneTimeCode === null ||
    (['secret', 'issuer', 'account'] as const).every(
      (name) => oneTimeCode[name].length <= ONE_TIME_CODE_LIMITS[name].max,
    )
  );
}

function isCredentialWithin(item: ImportedItem): boolean {
  if (item.kind !== 'passkey') return true;
  const { rpId, rpName, userName, userDisplayName, algorithm, credentialId, userHandle } = item;
  return (
    [rpId, rpName, userName, userDisplayName, algorithm].every(
      (text) => text.length <= FIELD_LIMITS.value,
    ) && [credentialId, userHandle].every((bytes) => bytes.length <= MOST_CREDENTIAL_BYTES)
  );
}

function areWithin(texts: readonly string[], maxCount: number, maxLength: number): boolean {
  return texts.length <= maxCount && texts.every((text) => text.length <= maxLength);
}
