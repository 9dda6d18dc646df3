// The list with its line of sorting above it.
// SPDX-License-Identifier: MIT

import { Archive, SearchX, Star, Tag, Trash2, type LucideIcon } from 'lucide-react';
import type { ItemKind } from '../../shared/model/item-kinds.ts';
import type { ItemSort, SavedSearch } from '../../shared/model/item.ts';
import { runCommand } from '../main/commands.ts';
import { ListCount } from '../bulk/list-count.tsx';
import { TagMenu } from '../bulk/tag-menu.tsx';
import { TrashBanner } from '../bulk/trash-banner.tsx';
import { useServices } from '../main/services.ts';
import { sectionTitle, type View } from '../main/view.ts';
import { SaveSearchButton } from '../searches/save-search-button.tsx';
import { useStore } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Select } from '../ui/select.tsx';
import { inSentence } from './field-labels.ts';
import { ItemList } from './item-list.tsx';
import { KIND_FACES, newCommandOf } from './kind-faces.ts';
import styles from './list-pane.module.css';

const SORTS: readonly { readonly id: ItemSort; readonly title: string }[] = [
  { id: 'title', title: 'By title' },
  { id: 'modified', title: 'Last changed' },
  { id: 'created', title: 'Last added' },
];

export function ListPane() {
  const { view, pages, searches } = useServices();
  const state = useStore(view);
  const list = useStore(pages.state);
  return (
    <section className={styles.pane} aria-labelledby="list-title">
      <div className={styles.bar}>
        <h1 id="list-title">{listTitle(state, useStore(searches.list))}</h1>
        <span aria-live="polite">
          <ListCount />
        </span>
        {state.text.trim() === '' && list.total > 0 && (
          <Select
            label="Sort"
            isQuiet
            options={SORTS}
            value={state.sort}
            onChange={(sort) => {
              view.update((before) => ({ ...before, sort }));
            }}
          />
        )}
        {state.text.trim() !== '' && <SaveSearchButton />}
        {state.section.in === 'tag' && <TagMenu tag={state.section.tag} />}
      </div>
      <TrashBanner />
      {list.query && list.total === 0 ? <NothingHere view={state} /> : <ItemList />}
    </section>
  );
}

/** The name of a saved search that runs over everything; otherwise of the part of the vault. */
function listTitle({ section, text }: View, searches: readonly SavedSearch[]): string {
  const saved = searches.find((search) => search.text === text.trim());
  return section.in === 'all' && saved ? saved.name : sectionTitle(section);
}

interface Nothing {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text: string;
}

function nothingOf({ section, text }: View): Nothing {
  if (text !== '') {
    return {
      icon: SearchX,
      title: 'Nothing found',
      text: `No item in ${sectionTitle(section)} fits this search.`,
    };
  }
  switch (section.in) {
    case 'trash':
      return {
        icon: Trash2,
        title: 'The trash is empty',
        text: 'What you move here can be restored for 30 days.',
      };
    case 'archive':
      return {
        icon: Archive,
        title: 'The archive is empty',
        text: 'What you move here stays, out of the way of everyday lists and searches.',
      };
    case 'favourites':
      return {
        icon: Star,
        title: 'No favourites yet',
        text: 'Press the star of an item to keep it close at hand.',
      };
    case 'kind':
      return nothingOfKind(section.kind);
    case 'tag':
      return {
        icon: Tag,
        title: 'Nothing has this tag',
        text: 'Add it to an item under Tags when you edit it.',
      };
    case 'all':
      return { icon: SearchX, title: 'Nothing here yet', text: 'Add an item, or import some.' };
  }
}

function nothingOfKind(kind: ItemKind): Nothing {
  const { icon, many, asNew } = KIND_FACES[kind];
  const text =
    kind === 'passkey'
      ? 'A site makes one when you register there; the test site shows how.'
      : `Add the first ${asNew} and it stands here.`;
  return { icon, title: `No ${inSentence(many)} yet`, text };
}

function NothingHere({ view: state }: { readonly view: View }) {
  const { icon, title, text } = nothingOf(state);
  return (
    <EmptyState icon={icon} title={title} actions={<NothingAction view={state} />}>
      {text}
    </EmptyState>
  );
}

/** The next step from a list with nothing in it, where there is one. */
function NothingAction({ view: { section, text } }: { readonly view: View }) {
  const services = useServices();
  if (text !== '') {
    return (
      <Button
        onPress={() => {
          services.view.update((before) => ({ ...before, text: '' }));
        }}
      >
        Clear search
      </Button>
    );
  }
  if (section.in !== 'kind') return null;
  const isPasskey = section.kind === 'passkey';
  return (
    <Button
      onPress={() => {
        runCommand(isPasskey ? 'test-site' : newCommandOf(section.kind), services);
      }}
    >
      {isPasskey ? 'Open the test site' : `New ${KIND_FACES[section.kind].asNew}`}
    </Button>
  );
}
