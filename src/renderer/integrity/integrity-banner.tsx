// What is known to be wrong with the vault file, in plain words, and what to do. Nothing while it is being checked.
// SPDX-License-Identifier: MIT

import { TriangleAlert } from 'lucide-react';
import { formatAmount } from '../format.ts';
import { goToRoom } from '../main/commands.ts';
import { useServices } from '../main/services.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/button.tsx';
import styles from './integrity-banner.module.css';
import { showDamaged } from './show-damaged.ts';

export function IntegrityBanner() {
  const services = useServices();
  const { damaged = 0, integrity = 'checking' } = useStore(services.counts) ?? {};
  const isChanged = integrity === 'not-intact';
  // What a person has accepted is not said again with every look: the items themselves still say that they do not open.
  if (integrity === 'intact' || (damaged === 0 && !isChanged)) return null;
  return (
    <div className={styles.banner} role="status">
      <TriangleAlert size={16} aria-hidden="true" />
      <p>
        {damaged > 0 && <DamagedWords count={damaged} />}
        {isChanged && <ChangedWords isAlso={damaged > 0} />}
      </p>
      <div className={styles.acts}>
        {damaged > 0 && (
          <Button
            onPress={() => {
              showDamaged(services);
            }}
          >
            Show {damaged === 1 ? 'it' : 'them'}
          </Button>
        )}
        <Button
          onPress={() => {
            goToRoom(services, 'backups');
          }}
        >
          Compare with a backup
        </Button>
        <Button
          onPress={() => {
            services.dialog.set({ is: 'damage' });
          }}
        >
          What happened, and what to do…
        </Button>
      </div>
    </div>
  );
}

function DamagedWords({ count }: { readonly count: number }) {
  const [they, are] = count === 1 ? ['It', 'is'] : ['They', 'are'];
  return (
    <>
      <b>{formatAmount(count, 'item is', 'items are')} damaged.</b> {they} {are} kept in the file as{' '}
      {they.toLowerCase()} {are}. An earlier version may still open, and a backup may hold{' '}
      {count === 1 ? 'it' : 'them'} whole.{' '}
    </>
  );
}

function ChangedWords({ isAlso }: { readonly isAlso: boolean }) {
  return (
    <>
      <b>{isAlso ? 'Besides, this' : 'This'} vault file was changed outside Latchkey.</b> Parts of
      it were removed, put in or altered: items may be missing, or older than you left them.
    </>
  );
}
