// The main window: header, navigation, the items or a room, status bar with its messages; over them the palette.
// SPDX-License-Identifier: MIT

import { ItemsRoom } from '../items/items-room.tsx';
import { useStore } from '../store.ts';
import { MacKeysContext } from '../ui/keys.tsx';
import styles from './app.module.css';
import { CommandPalette } from './command-palette.tsx';
import { Dialogs } from './dialogs.tsx';
import { Header } from './header.tsx';
import { NavPane } from './nav-pane.tsx';
import { rooms } from './rooms.ts';
import { ServicesProvider, useServices, type MainServices } from './services.ts';
import { StatusBar } from './status-bar.tsx';
import { useCommands } from './use-commands.ts';

export function App({ services }: { readonly services: MainServices }) {
  useCommands(services);
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
