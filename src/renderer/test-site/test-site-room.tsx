// The test site: a real relying party on this computer, what it is, ways into it, and what came of each ceremony.
// SPDX-License-Identifier: MIT

import { ExternalLink, Fish, Landmark } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { TestSiteStatus } from '../../shared/model/ceremony.ts';
import type { InputOf } from '../../shared/ipc/requests.ts';
import { useServices } from '../main/services.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { Chip } from '../ui/chip.tsx';
import { RoomPage } from '../ui/room-page.tsx';
import { useNow } from '../ui/use-now.ts';
import { CeremonyList } from './ceremony-list.tsx';
import styles from './test-site-room.module.css';

type Host = InputOf<'test-site:open'>['host'];

interface Door {
  readonly host: Host;
  readonly button: string;
  readonly icon: ReactNode;
  readonly text: string;
}

const DOORS: readonly Door[] = [
  {
    host: 'localhost',
    button: 'Open test site',
    icon: <ExternalLink aria-hidden="true" />,
    text: 'Register a passkey, sign out, sign in again, with or without typing a user name first.',
  },
  {
    host: 'bank.localhost',
    button: 'Open bank.localhost',
    icon: <Landmark aria-hidden="true" />,
    text: 'The same site under the name of a bank. Make a passkey here to see the next one fail.',
  },
  {
    host: 'bank-secure.localhost',
    button: 'Open the phishing copy (bank-secure.localhost)',
    icon: <Fish aria-hidden="true" />,
    text: 'Looks the same and asks for the bank’s passkey. Latchkey refuses and says why.',
  },
];

export function TestSiteRoom() {
  const { testSite, clock } = useServices();
  const status = useStore(testSite);
  const now = useNow(clock, 30_000);
  return (
    <RoomPage
      title="Test site"
      lead="A relying party is a site that lets you sign in with a passkey: it keeps the public half and asks for a signature by the private one. This one runs on your own computer and nowhere else. Use it to see what a ceremony does, and what happens when a false site tries."
    >
      <Doors />
      <Running status={status} />
      <h2 className={styles.heading}>Recent ceremonies</h2>
      {status.recent.length === 0 ? (
        <p className={styles.none}>None yet. Open the test site and register a passkey.</p>
      ) : (
        <CeremonyList ceremonies={status.recent} now={now} />
      )}
    </RoomPage>
  );
}

function Doors() {
  const { api, testSite, report } = useServices();
  const [opening, setOpening] = useState<Host | null>(null);
  const open = (host: Host): void => {
    setOpening(host);
    api['test-site:open']({ host })
      .then((status) => {
        testSite.set(status);
      }, report)
      .finally(() => {
        setOpening(null);
      });
  };
  return (
    <ul className={styles.doors}>
      {DOORS.map(({ host, button, icon, text }) => (
        <li key={host}>
          <Button
            weight={host === 'localhost' ? 'primary' : 'plain'}
            isPending={opening === host}
            onPress={() => {
              open(host);
            }}
          >
            {icon} {button}
          </Button>
          <p>{text}</p>
        </li>
      ))}
    </ul>
  );
}

function Running({ status }: { readonly status: TestSiteStatus }) {
  const { api, testSite, report } = useServices();
  if (!status.isRunning) {
    return (
      <p className={styles.running}>
        <Chip>off</Chip> It starts when you open it.
      </p>
    );
  }
  return (
    <p className={styles.running}>
      <Chip tone="good">running</Chip>
      <span className={styles.urls} data-selectable="">
        {status.urls.join('  ')}
      </span>
      <Button
        label="Stop test site"
        onPress={() => {
          api['test-site:stop']({}).then((stopped) => {
            testSite.set(stopped);
          }, report);
        }}
      >
        Stop
      </Button>
    </p>
  );
}
