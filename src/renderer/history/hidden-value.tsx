// A hidden value of some revision: covered until it is asked for, and covered again by itself. One at a time.
// SPDX-License-Identifier: MIT

import { Eye, EyeOff } from 'lucide-react';
import { revealedOf, type RevealTarget } from '../items/revealer.ts';
import { useServices } from '../main/services.ts';
import { useStore } from '../store.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { SecretText } from '../ui/secret-text.tsx';
import styles from './history-dialog.module.css';

export interface HiddenValueProps {
  readonly target: RevealTarget;
  /** Names it for those who do not see the column it stands in. */
  readonly name: string;
  readonly isEmpty: boolean;
}

export function HiddenValue({ target, name, isEmpty }: HiddenValueProps) {
  const { revealer, report } = useServices();
  const shown = revealedOf(useStore(revealer.state), target);
  if (isEmpty) return <span className={styles.empty}>empty</span>;
  return (
    <div className={styles.hidden}>
      {shown ? (
        <SecretText text={shown.value} />
      ) : (
        <span className={styles.cover} role="img" aria-label="Hidden">
          ••••••••••••
        </span>
      )}
      <IconButton
        icon={shown ? EyeOff : Eye}
        label={`${shown ? 'Hide' : 'Reveal'} ${name}`}
        onPress={() => {
          const { id, field, revision } = target;
          if (shown) revealer.hide();
          else revealer.reveal(id, field, revision).catch(report);
        }}
      />
    </div>
  );
}
