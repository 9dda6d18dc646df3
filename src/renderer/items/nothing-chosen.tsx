// The third pane while no item is chosen: the keys that lead on from here. Beside a list with nothing in it, nothing.
// SPDX-License-Identifier: MIT

import { MousePointerClick } from 'lucide-react';
import { keysOf } from '../main/commands.ts';
import { useServices } from '../main/services.ts';
import { useStore } from '../store.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Keys } from '../ui/keys.tsx';
import styles from './nothing-chosen.module.css';
import { RecoveryHint } from './recovery-hint.tsx';

const WAYS: readonly { readonly keys: readonly string[]; readonly to: string }[] = [
  { keys: ['↑', '↓'], to: 'walk the list' },
  { keys: [keysOf('search') ?? ''], to: 'search' },
  { keys: [keysOf('copy-password') ?? ''], to: 'copy the password of the chosen item' },
  { keys: [keysOf('palette') ?? ''], to: 'everything else' },
];

export function NothingChosen() {
  const { total } = useStore(useServices().pages.state);
  if (total === 0) return null;
  return (
    <EmptyState icon={MousePointerClick} title="Nothing chosen" more={<NextSteps />}>
      Choose an item from the list, with the mouse or the arrow keys.
    </EmptyState>
  );
}

function NextSteps() {
  return (
    <>
      <KeyTable />
      <RecoveryHint />
    </>
  );
}

function KeyTable() {
  return (
    <dl className={styles.keys}>
      {WAYS.map(({ keys, to }) => (
        <div key={to}>
          <dt>
            {keys.map((key) => (
              <Keys key={key} keys={key} />
            ))}
          </dt>
          <dd>{to}</dd>
        </div>
      ))}
    </dl>
  );
}
