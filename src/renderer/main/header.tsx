// The line at the top: the name, the search, and the three actions that are always at hand.
// SPDX-License-Identifier: MIT

import { Command, Lock, Search } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { Input, SearchField } from 'react-aria-components';
import { formatAmount } from '../format.ts';
import { NewItemMenu } from '../items/new-item-menu.tsx';
import { useStore } from '../store.ts';
import { Brand } from '../ui/brand.tsx';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Keys } from '../ui/keys.tsx';
import { keysOf, runCommand } from './commands.ts';
import { focusPart } from './focus-part.ts';
import styles from './header.module.css';
import { useServices } from './services.ts';

export function Header() {
  const services = useServices();
  const action = (id: string) => () => {
    runCommand(id, services);
  };
  return (
    <header className={styles.header}>
      <div className={styles.brand}>
        <Brand />
      </div>
      <SearchBox />
      <div className={styles.tools}>
        <Button weight="quiet" onPress={action('palette')}>
          <Command aria-hidden="true" /> <span className={styles.word}>Commands</span>
          <Keys keys={keysOf('palette') ?? ''} />
        </Button>
        <Button weight="quiet" onPress={action('lock')}>
          <Lock aria-hidden="true" /> <span className={styles.word}>Lock</span>
          <Keys keys={keysOf('lock') ?? ''} />
        </Button>
        <NewItemMenu />
      </div>
    </header>
  );
}

function SearchBox() {
  const { view, counts } = useServices();
  const { room, text: query } = useStore(view);
  // The list behind a room keeps its search; the room shows none of it.
  const text = room === null ? query : '';
  const total = useStore(counts)?.all;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
    event.preventDefault();
    focusPart('list');
  };
  return (
    <SearchField
      className={classNames(styles.search)}
      aria-label="Search items"
      value={text}
      maxLength={512}
      onChange={(next) => {
        view.update((state) => ({ ...state, room: null, text: next, mode: 'show' }));
      }}
    >
      <Search size={15} aria-hidden="true" />
      <Input
        className={classNames(styles.input)}
        data-part="search"
        placeholder={total === undefined ? 'Search' : `Search ${formatAmount(total, 'item')}`}
        autoComplete="off"
        spellCheck="false"
        onKeyDown={onKeyDown}
      />
      {text === '' && <Keys keys={keysOf('search') ?? ''} />}
    </SearchField>
  );
}
