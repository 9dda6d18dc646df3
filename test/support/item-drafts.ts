// Drafts as a window sends them: everything empty but what a test says.
// SPDX-License-Identifier: MIT

import type { ItemDraft, ItemKind } from '../../src/shared/model/item.ts';

export function draftOf(kind: ItemKind, change: Partial<ItemDraft> = {}): ItemDraft {
  return {
    kind,
    id: null,
    title: `A ${kind}`,
    note: '',
    tags: [],
    favourite: false,
    urls: [],
    fields: {},
    sections: [],
    oneTimeCode: { action: 'keep' },
    sshKey: { action: 'keep' },
    loginId: null,
    ...change,
  };
}
