// The state of an edit form. What was typed is kept when the person goes elsewhere, with a way back to it.
// SPDX-License-Identifier: MIT

import { useEffect, useRef, useState } from 'react';
import type { ItemDetail } from '../../../shared/model/item.ts';
import type { ItemKind } from '../../../shared/model/item-kinds.ts';
import { useServices, type MainServices } from '../../main/services.ts';
import type { DraftKey } from '../item-drafts.ts';
import { KIND_FACES } from '../kind-faces.ts';
import { draftOf, newDraft, withItemDraft, type FormDraft } from './form-draft.ts';

/** Changes parts of the form; given a function, of what the form holds at that moment. */
export type ChangeDraft = (
  part: Partial<FormDraft> | ((draft: FormDraft) => Partial<FormDraft>),
) => void;

export interface DraftState {
  readonly draft: FormDraft;
  readonly change: ChangeDraft;
  /** Saves under `titleHint` where no title was typed. */
  readonly save: (titleHint: string) => Promise<void>;
  readonly cancel: () => void;
}

/** The form of `item`, or of a new one of `kind`; a draft that was set aside goes before what is stored. */
export function useItemDraft(kind: ItemKind, item: ItemDetail | null): DraftState {
  const services = useServices();
  const { drafts, actions, view } = services;
  const key: DraftKey = item?.id ?? `new:${kind}`;
  const [draft, setDraft] = useState(
    () => drafts.get(key) ?? (item ? draftOf(item) : newDraft(kind)),
  );
  const latest = useRef(draft);
  useKeptNotice(key, draft, services);
  return {
    draft,
    change: (part) => {
      const changes = typeof part === 'function' ? part(latest.current) : part;
      latest.current = { ...latest.current, ...changes };
      drafts.keep(key, latest.current);
      setDraft(latest.current);
    },
    save: async (titleHint) => {
      // Before the save: it shows the saved item, which takes this form away.
      drafts.drop(key);
      try {
        const title = draft.title.trim() === '' ? titleHint : draft.title;
        await withItemDraft({ ...draft, title }, (ready) => actions.save(ready));
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
function useKeptNotice(key: DraftKey, draft: FormDraft, services: MainServices): void {
  const { drafts, toasts, view } = services;
  const { kind, id, title } = draft;
  const name = title || `New ${KIND_FACES[kind].asNew}`;
  const latestName = useRef(name);
  useEffect(() => {
    latestName.current = name;
  }, [name]);
  useEffect(
    () => () => {
      if (drafts.get(key) === null) return;
      const continueEditing = (): void => {
        view.update((state) => ({
          ...state,
          room: null,
          ...(id === null ? { mode: 'new', newKind: kind } : { mode: 'edit', selectedId: id }),
        }));
      };
      toasts.show({
        text: `What you typed for “${latestName.current}” is kept until the vault locks.`,
        action: { label: 'Continue', run: continueEditing },
      });
    },
    [key, kind, id, drafts, toasts, view],
  );
}
