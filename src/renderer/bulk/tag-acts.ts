// What is done about a tag of the whole vault: another name for it, or none of it any more. Each is one change, with one
// way back.
// SPDX-License-Identifier: MIT

import { formatAmount } from '../format.ts';
import type { MainServices } from '../main/services.ts';
import { passedOverWords } from './bulk-actions.ts';

type Parts = Pick<MainServices, 'api' | 'actions' | 'view'>;

/** The list of the tag follows it to its new name, and back. */
export async function renameTag(tag: string, name: string, parts: Parts): Promise<boolean> {
  const { api, actions, view } = parts;
  return await actions.undoable(
    () => api['tags:rename']({ tag, name }),
    ({ changed, passedOver, searchesLeft }) => {
      follow(view, tag, name);
      const items = formatAmount(changed, 'item has', 'items have');
      const left = searchesLeft
        ? ` Saved searches could not be changed: they ask for “${tag}”.`
        : '';
      const text = `${items} the tag “${name}” now${passedOverWords(passedOver.length)}.${left}`;
      const onUndone = (): void => {
        follow(view, name, tag);
      };
      return { text, onUndone };
    },
  );
}

export async function removeTag(tag: string, { api, actions, view }: Parts): Promise<boolean> {
  return await actions.undoable(
    () => api['tags:remove']({ tag }),
    ({ changed, passedOver }) => {
      const { section } = view.get();
      if (section.in === 'tag' && section.tag === tag) {
        view.update((state) => ({ ...state, section: { in: 'all' }, selectedId: null }));
      }
      const items = formatAmount(changed, 'item');
      return { text: `“${tag}” is off ${items}${passedOverWords(passedOver.length)}.` };
    },
  );
}

/** Shows the list of `to` where that of `from` is shown. */
function follow(view: Parts['view'], from: string, to: string): void {
  const { section } = view.get();
  if (section.in !== 'tag' || section.tag !== from) return;
  view.update((state) => ({ ...state, section: { in: 'tag', tag: to } }));
}
