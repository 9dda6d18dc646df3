// A draft of a window to an item: what was typed, over what is stored. A value that a window has not seen, and sends as
// null, stays as it is.
// SPDX-License-Identifier: MIT

import { AppError } from '../../shared/errors.ts';
import { fieldsOf, type ItemKind } from '../../shared/model/item-kinds.ts';
import type { ItemDraft, SectionDraft } from '../../shared/model/item.ts';
import { parseOneTimeCode } from '../one-time-codes/parse-one-time-code.ts';
import type { CustomField, FormerPassword, Item, PlainItem, Section } from '../vault/item.ts';
import { fieldValue, NOTHING_MORE } from '../vault/item.ts';
import type { ItemId } from '../../shared/brand.ts';

/** How many former passwords an item remembers by itself; every revision remembers its own besides. */
const MOST_FORMER_PASSWORDS = 50;

export interface DraftContext {
  readonly now: number;
  /** 8 random bytes in hex. */
  readonly newShortId: () => string;
  /** What a key that was generated or imported has brought; empty where there is none. */
  readonly derived: Readonly<Record<string, string>>;
}

/** A new item. Throws where the draft cannot be one. */
export function itemFromDraft(draft: ItemDraft, id: ItemId, context: DraftContext): PlainItem {
  const { kind } = draft;
  if (kind === 'passkey') throw invalid('a passkey is made in a ceremony');
  const { now } = context;
  const base = {
    ...NOTHING_MORE,
    ...writtenBy(draft, null, context),
    ...{ id, createdAt: now, modifiedAt: now },
  };
  return { ...base, kind, fields: mergeFields(kind, draft, null, context) };
}

/** A further revision of `former`. */
export function revisedByDraft(draft: ItemDraft, former: Item, context: DraftContext): Item {
  if (draft.kind !== former.kind) throw invalid('a draft of another kind than the item');
  const written = { ...writtenBy(draft, former, context), modifiedAt: context.now };
  if (former.kind === 'passkey') {
    const { oneTimeCode: _never, ...rest } = written;
    return { ...former, ...rest, loginId: draft.loginId };
  }
  const fields = mergeFields(former.kind, draft, former, context);
  const formerPasswords = rememberPassword(former, fields, context.now);
  return { ...former, ...written, fields, formerPasswords };
}

function writtenBy(draft: ItemDraft, former: Item | null, context: DraftContext) {
  const { title, note, favourite } = draft;
  return {
    ...{ title, note, favourite },
    tags: tidyTags(draft.tags),
    urls: draft.urls.filter(({ url }) => url.trim() !== ''),
    sections: draft.sections.map((section) => toSection(section, former, context)),
    oneTimeCode: oneTimeCodeOf(draft, former),
  };
}

function mergeFields(
  kind: ItemKind,
  draft: ItemDraft,
  former: Item | null,
  { derived }: DraftContext,
): Readonly<Record<string, string>> {
  const entries = fieldsOf(kind).map(([name, spec]) => {
    const stored = former === null ? '' : fieldValue(former, name);
    if (spec.isDerived) return [name, derived[name] ?? stored] as const;
    return [name, draft.fields[name] ?? stored] as const;
  });
  return Object.fromEntries(entries);
}

function oneTimeCodeOf({ oneTimeCode }: ItemDraft, former: Item | null): Item['oneTimeCode'] {
  switch (oneTimeCode.action) {
    case 'keep':
      return former?.oneTimeCode ?? null;
    case 'remove':
      return null;
    case 'set':
      return parseOneTimeCode(oneTimeCode.text);
  }
}

function toSection(draft: SectionDraft, former: Item | null, context: DraftContext): Section {
  const known = (former?.sections ?? []).flatMap(({ fields }) => fields);
  const fields: CustomField[] = draft.fields.map(({ id, label, type, value }) => ({
    id: id ?? context.newShortId(),
    label,
    type,
    value: value ?? known.find((one) => one.id === id)?.value ?? '',
  }));
  return { id: draft.id ?? context.newShortId(), title: draft.title, fields };
}

/** A password that is replaced is not lost. */
function rememberPassword(
  former: Item,
  fields: Readonly<Record<string, string>>,
  now: number,
): readonly FormerPassword[] {
  const value = fieldValue(former, 'password');
  if (value === '' || value === fields.password) return former.formerPasswords;
  return [{ value, replacedAt: now }, ...former.formerPasswords].slice(0, MOST_FORMER_PASSWORDS);
}

/** Each once, without blanks around it or around its parts. */
export function tidyTags(tags: readonly string[]): readonly string[] {
  const tidy = tags.map((tag) =>
    tag
      .split('/')
      .map((part) => part.trim())
      .filter(Boolean)
      .join('/'),
  );
  return [...new Set(tidy.filter((tag) => tag !== ''))];
}

function invalid(message: string): AppError {
  return new AppError('ipc/invalid-input', message);
}
