// The main window: header, navigation, the items or a room, status bar with its messages; over them the palette.
// SPDX-License-Identifier: MIT

import { useEffect } from 'react';
import { ItemsRoom } from '../items/items-room.tsx';
import { useStore } from '../store.ts';
import { MacKeysContext } from '../ui/keys.tsx';
import styles from './app.module.css';
import { CommandPalette } from './command-palette.tsx';
import { Dialogs } from './dialogs.tsx';
import { Header } from './header.tsx';
import { keepFocus } from './keep-focus.ts';
import { NavPane } from './nav-pane.tsx';
import { rooms } from './rooms.ts';
import { ServicesProvider, useServices, type MainServices } from './services.ts';
import { StatusBar } from './status-bar.tsx';
import { useCommands } from './use-commands.ts';

export function App({ services }: { readonly services: MainServices }) {
  useCommands(services);
  useEffect(() => keepFocus(() => isItemOnItsWay(services)), [services]);
  return (
    <MacKeysContext value={services.isMac}>
      <ServicesProvider value={services}>
        <div className={styles.app}>
          <Header />
          <NavPane />
          <Content />
          <StatusBar />
        </div>
        <Dialogs />
        <CommandPalette />
      </ServicesProvider>
    </MacKeysContext>
  );
}

function isItemOnItsWay({ view, openItem, selection }: MainServices): boolean {
  const { room, mode, selectedId } = view.get();
  if (room !== null || mode !== 'show' || selectedId === null || selection.isMany) return false;
  const { item, error } = openItem.state.get();
  return item?.id !== selectedId && error === null;
}

/** The items stay where they are while a room covers them, so that the list keeps its place. */
function Content() {
  const view = useStore(useServices().view);
  const room = rooms.find(({ id }) => id === view.room);
  return (
    <>
      <div className={styles.items} hidden={room !== undefined}>
        <ItemsRoom />
      </div>
      {room && (
        <main className={styles.room} key={room.id}>
          <room.Content />
        </main>
      )}
    </>
  );
}
