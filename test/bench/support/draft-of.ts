// The draft that a form sends of an item that was opened in it.
// SPDX-License-Identifier: MIT

import type { ItemDetail, ItemDraft } from '../../../src/shared/model/item.ts';

/** What a form sends that was opened and in which the note was changed. */
export function draftOf(detail: ItemDetail, note: string): ItemDraft {
  const { kind, id, title, tags, favourite, urls } = detail;
  return {
    ...{ kind, id, title, tags, favourite, urls, note, fields: {} },
    sections: detail.sections.map((section) => ({
      ...{ id: section.id, title: section.title },
      fields: section.fields.map((field) => ({ ...field, value: null })).map(withoutHasValue),
    })),
    oneTimeCode: { action: 'keep' },
    sshKey: { action: 'keep' },
    loginId: null,
  };
}

function withoutHasValue<T extends { readonly hasValue: boolean }>({ hasValue: _, ...rest }: T) {
  return rest;
}
