// The key of an action, drawn beside it. The notation follows the system that the page runs on.
// SPDX-License-Identifier: MIT

import { createContext, useContext } from 'react';
import { formatChord } from './key-chord.ts';
import styles from './keys.module.css';

/** Whether keys are written as on macOS. */
export const MacKeysContext = createContext(false);

export function Keys({ keys }: { readonly keys: string }) {
  const text = formatChord(keys, useContext(MacKeysContext));
  // Not part of the name of the button that it stands in.
  return (
    <kbd className={styles.keys} aria-hidden="true">
      {text}
    </kbd>
  );
}
