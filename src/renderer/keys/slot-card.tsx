// One way in: what it is, since when, what a guess costs, and the acts on it, which open in place.
// SPDX-License-Identifier: MIT

import type { KeySlotInfo } from '../../shared/model/keys.ts';
import { Button } from '../ui/button.tsx';
import styles from './keys-room.module.css';
import {
  AddKeyFile,
  ChangePassword,
  DropKeyFile,
  RemoveSlot,
  RenameSlot,
  type SlotActProps,
} from './slot-acts.tsx';
import { SLOT_ICONS, slotCost, slotSince, slotTitle } from './slot-words.ts';

export type SlotAct = 'password' | 'add-key-file' | 'drop-key-file' | 'rename' | 'remove';

const ACTS: Readonly<Record<SlotAct, (props: SlotActProps) => React.JSX.Element>> = {
  password: ChangePassword,
  'add-key-file': AddKeyFile,
  'drop-key-file': DropKeyFile,
  rename: RenameSlot,
  remove: RemoveSlot,
};

const ACT_TITLES: Readonly<Record<SlotAct, string>> = {
  password: 'Change password',
  'add-key-file': 'Require a key file',
  'drop-key-file': 'Stop requiring the key file',
  rename: 'Rename',
  remove: 'Remove',
};

/** The acts that a slot of a type allows. */
function actsOn({ type }: KeySlotInfo): readonly SlotAct[] {
  switch (type) {
    case 'password':
      return ['password', 'add-key-file', 'rename', 'remove'];
    case 'password-key-file':
      return ['password', 'drop-key-file', 'rename', 'remove'];
    case 'recovery':
      return ['rename', 'remove'];
  }
}

export interface SlotCardProps extends SlotActProps {
  readonly open: SlotAct | null;
  readonly onOpen: (act: SlotAct) => void;
}

export function SlotCard({ open, onOpen, ...props }: SlotCardProps) {
  const { slot, slots } = props;
  const Icon = SLOT_ICONS[slot.type];
  const Act = open === null ? null : ACTS[open];
  const isLast = slots.length === 1;
  return (
    <li>
      <div className={styles.slot}>
        <span className={styles.icon}>
          <Icon size={18} strokeWidth={1.7} aria-hidden="true" />
        </span>
        <div className={styles.facts}>
          <b>{slotTitle(slot)}</b>
          <p>
            {slotSince(slot)}; {slotCost(slot)}
          </p>
          {isLast && <p>The last way in: it cannot be removed.</p>}
        </div>
        <div className={styles.acts}>
          {actsOn(slot).map((act) => (
            <Button
              key={act}
              weight={act === 'remove' ? 'danger' : 'plain'}
              isDisabled={act === 'remove' && isLast}
              onPress={() => {
                onOpen(act);
              }}
            >
              {ACT_TITLES[act]}
            </Button>
          ))}
        </div>
      </div>
      {Act && (
        <div className={styles.open} key={open}>
          <Act {...props} />
        </div>
      )}
    </li>
  );
}
