// The palette: every command with its key, and the items that match, by typing.
// SPDX-License-Identifier: MIT

import { Search, type LucideIcon } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import type { ItemSummary } from '../../shared/model/item.ts';
import { KindTile } from '../items/kind-tile.tsx';
import { useStore } from '../store.ts';
import { classNames } from '../ui/class-names.ts';
import { Keys } from '../ui/keys.tsx';
import styles from './command-palette.module.css';
import { commands, type Command } from './commands.ts';
import { useServices, type MainServices } from './services.ts';

const MOST_ITEMS = 8;

interface Entry {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly note: string | null;
  readonly keys: string | null;
  readonly item: ItemSummary | null;
  readonly icon: LucideIcon | null;
  readonly run: () => void;
}

export function CommandPalette() {
  const { view } = useServices();
  const { isPaletteOpen } = useStore(view);
  const close = (): void => {
    view.update((state) => ({ ...state, isPaletteOpen: false }));
  };
  return (
    <ModalOverlay
      className={classNames(styles.overlay)}
      isOpen={isPaletteOpen}
      onOpenChange={close}
      isDismissable
    >
      <Modal className={classNames(styles.modal)}>
        <Dialog className={classNames(styles.dialog)} aria-label="Commands">
          <PaletteContent onClose={close} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function PaletteContent({ onClose }: { readonly onClose: () => void }) {
  const services = useServices();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const items = useFoundItems(text, services);
  const entries = toEntries(text, items, services);
  const listId = useId();
  const current = Math.min(active, Math.max(0, entries.length - 1));
  const choose = (entry: Entry | undefined): void => {
    if (!entry) return;
    onClose();
    // After the palette has given the focus back, or a command that moves it would be undone.
    services.clock.after(0, entry.run);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setActive((current + step + entries.length) % Math.max(1, entries.length));
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      choose(entries[current]);
    }
  };
  return (
    <>
      <div className={styles.search}>
        <Search size={16} aria-hidden="true" />
        <input
          autoFocus
          role="combobox"
          aria-label="Search commands and items"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={entries.length > 0 ? `${listId}-${current}` : undefined}
          placeholder="Search commands and items"
          maxLength={512}
          spellCheck="false"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
        <Keys keys="Escape" />
      </div>
      <EntryList
        id={listId}
        entries={entries}
        current={current}
        onPoint={setActive}
        onChoose={choose}
      />
    </>
  );
}

interface EntryListProps {
  readonly id: string;
  readonly entries: readonly Entry[];
  readonly current: number;
  readonly onPoint: (index: number) => void;
  readonly onChoose: (entry: Entry) => void;
}

function EntryList({ id, entries, current, onPoint, onChoose }: EntryListProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const option = list.current?.querySelectorAll('[role="option"]')[current];
    option?.scrollIntoView({ block: 'nearest' });
  }, [current, entries.length]);
  const groups = [...new Set(entries.map(({ group }) => group))];
  return (
    <div
      className={styles.list}
      role="listbox"
      id={id}
      aria-label="Results"
      ref={list}
      tabIndex={-1}
    >
      {groups.map((group) => (
        <div key={group} role="group" aria-label={group}>
          <div className={styles.group} aria-hidden="true">
            {group}
          </div>
          {entries.map((entry, index) =>
            entry.group === group ? (
              <div
                key={entry.id}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === current}
                className={classNames(styles.option, index === current && styles.current)}
                onPointerMove={() => {
                  onPoint(index);
                }}
                onClick={() => {
                  onChoose(entry);
                }}
              >
                <EntryContent entry={entry} />
              </div>
            ) : null,
          )}
        </div>
      ))}
      {entries.length === 0 && <p className={styles.none}>Nothing is called that.</p>}
    </div>
  );
}

function EntryContent({ entry }: { readonly entry: Entry }) {
  const { icon: Icon } = entry;
  return (
    <>
      {entry.item && <KindTile item={entry.item} size="s" />}
      {Icon && <Icon className={styles.icon} size={15} strokeWidth={1.7} aria-hidden="true" />}
      <span>{entry.title}</span>
      {entry.note !== null && <small>{entry.note}</small>}
      {entry.keys !== null && <Keys keys={entry.keys} />}
    </>
  );
}

function useFoundItems(text: string, { api, report }: MainServices): readonly ItemSummary[] {
  const [items, setItems] = useState<readonly ItemSummary[]>([]);
  useEffect(() => {
    if (text.trim() === '') return;
    let isOld = false;
    const query = { section: { in: 'all' }, text, sort: 'title', offset: 0 } as const;
    api['items:list']({ ...query, limit: MOST_ITEMS }).then((page) => {
      if (!isOld) setItems(page.items);
    }, report);
    return () => {
      isOld = true;
    };
  }, [text, api, report]);
  return text.trim() === '' ? [] : items;
}

function toEntries(
  text: string,
  items: readonly ItemSummary[],
  services: MainServices,
): readonly Entry[] {
  const words = text.toLowerCase().split(/\s+/);
  const matching = commands.filter(
    (command) =>
      command.id !== 'palette' &&
      command.isAvailable?.(services) !== false &&
      words.every((word) => nameOf(command).toLowerCase().includes(word)),
  );
  return [...items.map(itemEntry), ...matching.map(commandEntry)];

  function nameOf(command: Command): string {
    return command.titleFor?.(services) ?? command.title;
  }

  function itemEntry(item: ItemSummary): Entry {
    return {
      id: item.id,
      title: item.title,
      group: 'Items',
      note: item.subtitle || item.host,
      keys: null,
      icon: null,
      item,
      run: () => {
        services.view.update((state) => ({
          ...state,
          room: null,
          section: { in: 'all' },
          selectedId: item.id,
          mode: 'show',
        }));
      },
    };
  }

  function commandEntry(command: Command): Entry {
    return {
      id: command.id,
      title: nameOf(command),
      icon: command.icon ?? null,
      group: command.section,
      note: null,
      keys: command.keys[0] ?? null,
      item: null,
      run: () => {
        command.run(services);
      },
    };
  }
}
