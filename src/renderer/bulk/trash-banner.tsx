// What stands over the list of the trash: how long things stay in it, and the way to be rid of them at once.
// SPDX-License-Identifier: MIT

import { runCommand } from '../main/commands.ts';
import { useServices } from '../main/services.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/button.tsx';
import styles from './trash-banner.module.css';

export function TrashBanner() {
  const services = useServices();
  const { section } = useStore(services.view);
  const trash = useStore(services.counts)?.trash ?? 0;
  if (section.in !== 'trash' || trash === 0) return null;
  return (
    <div className={styles.banner}>
      <p>Items are erased 30 days after they came here.</p>
      <Button
        weight="danger"
        onPress={() => {
          services.selection.clear();
          services.actions.select(null);
          runCommand('erase-trash', services);
        }}
      >
        Erase all…
      </Button>
    </div>
  );
}
