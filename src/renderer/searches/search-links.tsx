// The saved searches in the navigation, each with a menu of its own.
// SPDX-License-Identifier: MIT

import { Ellipsis, Pencil, Search, Trash2 } from 'lucide-react';
import type { SavedSearch } from '../../shared/model/item.ts';
import { NavLink } from '../main/nav-link.tsx';
import { useServices } from '../main/services.ts';
import { useStore } from '../store.ts';
import { ActionMenu } from '../ui/action-menu.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import styles from './search-links.module.css';

export function SearchLinks() {
  const list = useStore(useServices().searches.list);
  return (
    <ul>
      {list.map((search) => (
        <li key={search.id} className={styles.line}>
          <SearchLink search={search} />
          <SearchMenu search={search} />
        </li>
      ))}
    </ul>
  );
}

function SearchLink({ search }: { readonly search: SavedSearch }) {
  const { view, searches } = useServices();
  const { room, section, text } = useStore(view);
  return (
    <NavLink
      icon={Search}
      title={search.name}
      isHere={room === null && section.in === 'all' && text.trim() === search.text}
      count={null}
      onChoose={() => {
        searches.run(search);
      }}
    />
  );
}

function SearchMenu({ search }: { readonly search: SavedSearch }) {
  const { dialog, searches } = useServices();
  const { id, name, text } = search;
  const actions = [
    {
      ...{ id: 'rename', title: 'Change…', icon: Pencil, keys: null },
      run: () => {
        dialog.set({ is: 'search', id, name, text });
      },
    },
    {
      ...{ id: 'remove', title: 'Remove', icon: Trash2, keys: null },
      run: () => {
        searches.remove(search);
      },
    },
  ];
  return (
    <span className={styles.more}>
      <ActionMenu label={`Search ${name}`} actions={actions}>
        <IconButton icon={Ellipsis} label={`More for ${name}`} onPress={() => undefined} />
      </ActionMenu>
    </span>
  );
}
