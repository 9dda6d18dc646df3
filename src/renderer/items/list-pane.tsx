// The list with its line of sorting above it, and the banner about items that could not be read.
// SPDX-License-Identifier: MIT

import { SearchX, Star, Trash2, type LucideIcon } from 'lucide-react';
import type { ItemSort } from '../../shared/model/item.ts';
import { formatAmount } from '../format.ts';
import { useServices } from '../main/services.ts';
import { sectionTitle, type View } from '../main/view.ts';
import { useStore } from '../store.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Select } from '../ui/select.tsx';
import { ItemList } from './item-list.tsx';
import styles from './list-pane.module.css';

const SORTS: readonly { readonly id: ItemSort; readonly title: string }[] = [
  { id: 'title', title: 'By title' },
  { id: 'modified', title: 'Last changed' },
  { id: 'created', title: 'Last added' },
];

export function ListPane() {
  const { view, pages, counts } = useServices();
  const state = useStore(view);
  const list = useStore(pages.state);
  const { damaged = 0, isIntact = true } = useStore(counts) ?? {};
  return (
    <section className={styles.pane} aria-labelledby="list-title">
      {damaged > 0 && <DamagedBanner count={damaged} />}
      {damaged === 0 && !isIntact && <ChangedBanner />}
      <div className={styles.bar}>
        <h1 id="list-title">{sectionTitle(state.section)}</h1>
        <span aria-live="polite">{list.query && formatAmount(list.total, 'item')}</span>
        <Select
          label="Sort"
          isQuiet
          options={SORTS}
          value={state.sort}
          onChange={(sort) => {
            view.update((before) => ({ ...before, sort }));
          }}
        />
      </div>
      {list.query && list.total === 0 ? <NothingHere view={state} /> : <ItemList />}
    </section>
  );
}

function DamagedBanner({ count }: { readonly count: number }) {
  return (
    <Banner>
      <b>{formatAmount(count, 'item')} could not be read.</b> {count === 1 ? 'It is' : 'They are'}{' '}
      kept in the vault file as {count === 1 ? 'it is' : 'they are'}; look for{' '}
      {count === 1 ? 'it' : 'them'} in a backup copy.
    </Banner>
  );
}

function ChangedBanner() {
  return (
    <Banner>
      <b>This vault file was changed outside Latchkey.</b> Items may be missing or older than you
      left them. Compare it with a backup copy before you rely on it.
    </Banner>
  );
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
      text: `No item in ${sectionTitle(section)} has all of these words.`,
    };
  }
  if (section.in === 'trash') {
    return {
      icon: Trash2,
      title: 'The trash is empty',
      text: 'What you move here can be restored at any time.',
    };
  }
  if (section.in === 'favourites') {
    return {
      icon: Star,
      title: 'No favourites yet',
      text: 'Press the star of an item to keep it close at hand.',
    };
  }
  return { icon: SearchX, title: 'Nothing here yet', text: 'Add a login, or make a passkey.' };
}

function NothingHere({ view: state }: { readonly view: View }) {
  const { view } = useServices();
  const { icon, title, text } = nothingOf(state);
  const clear = (
    <Button
      onPress={() => {
        view.update((before) => ({ ...before, text: '' }));
      }}
    >
      Clear search
    </Button>
  );
  return (
    <EmptyState icon={icon} title={title} actions={state.text === '' ? null : clear}>
      {text}
    </EmptyState>
  );
}
