// The state of an edit form. What was typed is kept when the person goes elsewhere, with a way back to it.
// SPDX-License-Identifier: MIT

import { useEffect, useRef, useState } from 'react';
import type { ItemDraft } from '../../shared/model/item.ts';
import { useServices, type MainServices } from '../main/services.ts';
import type { DraftKey } from './item-drafts.ts';

export interface DraftState<Draft extends ItemDraft> {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly save: () => Promise<void>;
  readonly cancel: () => void;
}

/** `start` is the item as it is stored; a draft that was set aside goes before it. */
export function useItemDraft<Draft extends ItemDraft>(
  key: DraftKey,
  start: Draft,
): DraftState<Draft> {
  const services = useServices();
  const { drafts, actions, view } = services;
  const [draft, setDraft] = useState<Draft>(() => (drafts.get(key) as Draft | null) ?? start);
  useKeptNotice(key, draft.title, services);
  return {
    draft,
    change: (part) => {
      const next = { ...draft, ...part };
      drafts.keep(key, next);
      setDraft(next);
    },
    save: async () => {
      // Before the save: it shows the saved item, which takes this form away.
      drafts.drop(key);
      try {
        await actions.save(withoutEmptyUrls(draft));
      } catch (error) {
        drafts.keep(key, draft);
        throw error;
      }
    },
    cancel: () => {
      drafts.drop(key);
      view.update((state) => ({ ...state, mode: 'show' }));
    },
  };
}

/** Says, when the form goes away with changes in it, that they were kept. */
function useKeptNotice(key: DraftKey, title: string, services: MainServices): void {
  const { drafts, toasts, view } = services;
  const latestTitle = useRef(title);
  useEffect(() => {
    latestTitle.current = title;
  }, [title]);
  useEffect(
    () => () => {
      if (drafts.get(key) === null) return;
      const continueEditing = (): void => {
        view.update((state) => ({
          ...state,
          room: null,
          ...(key === 'new' ? { mode: 'new' } : { mode: 'edit', selectedId: key }),
        }));
      };
      toasts.show({
        text: `What you typed for “${latestTitle.current || 'New login'}” is kept until the vault locks.`,
        action: { label: 'Continue', run: continueEditing },
      });
    },
    [key, drafts, toasts, view],
  );
}

function withoutEmptyUrls(draft: ItemDraft): ItemDraft {
  if (draft.kind !== 'login') return draft;
  return { ...draft, urls: draft.urls.map((url) => url.trim()).filter((url) => url !== '') };
}
