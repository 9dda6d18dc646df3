// The generator as a room of its own, with the values that were taken from it.
// SPDX-License-Identifier: MIT

import { RoomPage } from '../ui/room-page.tsx';
import { GeneratorHistory } from './generator-history.tsx';
import styles from './generator-room.module.css';
import { Generator } from './generator.tsx';
import { useHistory } from './use-history.ts';

export function GeneratorRoom() {
  const history = useHistory();
  return (
    <RoomPage
      title="Generator"
      lead="Passwords, passphrases and PINs by chance alone, made on this computer. What you copy or use is kept below, in the vault, until you clear it."
    >
      <div className={styles.room}>
        <div className={styles.generator}>
          <Generator onRemembered={history.refresh} />
        </div>
        <GeneratorHistory history={history} />
      </div>
    </RoomPage>
  );
}
