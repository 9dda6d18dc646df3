// The two ways of asking whether passwords are known from breaches: in a list on this computer, without any network, or
// online by ranges, where the settings allow it.
// SPDX-License-Identifier: MIT

import { Globe, HardDrive } from 'lucide-react';
import { useId } from 'react';
import { useServices } from '../main/services.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import styles from './breach-card.module.css';
import { reasonWords } from './health-words.ts';

export function BreachCard({ isBusy }: { readonly isBusy: boolean }) {
  const { health } = useServices();
  const { failure } = useStore(health.state);
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles.breaches}>
      <h2 id={id}>Known from breaches?</h2>
      <div className={styles.ways}>
        <FileWay isBusy={isBusy} />
        <OnlineWay isBusy={isBusy} />
      </div>
      {failure && failure.task !== 'assess' && (
        <ErrorNotice error={failure.error} reason={reasonWords(failure.error)} />
      )}
    </section>
  );
}

function FileWay({ isBusy }: { readonly isBusy: boolean }) {
  const { health } = useServices();
  return (
    <div className={styles.way}>
      <HardDrive size={18} strokeWidth={1.7} aria-hidden="true" />
      <h3>With a list on this computer</h3>
      <p>
        Have I Been Pwned offers its whole list of SHA-1 hashes, ordered by hash, through its free
        downloader: as one text file of tens of gigabytes, or as a folder of about a million ranges.
        Choose the file, or any file of that folder. Nothing leaves this computer.
      </p>
      <Button
        isDisabled={isBusy}
        onPress={() => {
          health.start('file');
        }}
      >
        Against a file on this computer…
      </Button>
    </div>
  );
}

function OnlineWay({ isBusy }: { readonly isBusy: boolean }) {
  const services = useServices();
  const { onlineBreachCheck } = useStore(services.settings);
  return (
    <div className={styles.way}>
      <Globe size={18} strokeWidth={1.7} aria-hidden="true" />
      <h3>Online</h3>
      <p>
        {onlineBreachCheck
          ? 'For each password the first five characters of its SHA-1 hash go to Have I Been Pwned, which answers with all that begin alike. The comparison is made here; no password leaves this computer.'
          : 'Switched off: nothing of your vault asks the network. In the settings you can read what would be sent, and switch it on.'}
      </p>
      {onlineBreachCheck ? (
        <Button
          isDisabled={isBusy}
          onPress={() => {
            services.health.start('online');
          }}
        >
          Ask online
        </Button>
      ) : (
        <Button
          onPress={() => {
            services.view.update((state) => ({ ...state, room: 'settings' }));
          }}
        >
          Go to the settings
        </Button>
      )}
    </div>
  );
}
