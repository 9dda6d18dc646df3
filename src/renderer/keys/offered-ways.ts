// What a vault's ways in come to in a window: which kinds are offered, and which of them is asked for now.
// SPDX-License-Identifier: MIT

import type { QuickUnlockState, SlotType, VaultWays } from '../../shared/model/keys.ts';

/** What the person chose to give. */
export type WayChoice = SlotType | 'quick';
export type ReadyQuickUnlock = Extract<QuickUnlockState, { is: 'ready' }>;

export interface OfferedWays {
  /** Each kind once, the everyday ones first. */
  readonly types: readonly SlotType[];
  /** Where it was set in this session and tries are left. */
  readonly quick: ReadyQuickUnlock | null;
  readonly isQuick: boolean;
  /** The kind that is asked for where quick unlock is not. */
  readonly type: SlotType;
}

const ORDER: readonly SlotType[] = ['password', 'password-key-file', 'recovery'];

/** Quick unlock first, where it is ready; a choice that is not offered gives way to the first that is. */
export function offeredWays({ slots, quickUnlock }: VaultWays, chosen: WayChoice): OfferedWays {
  const types = ORDER.filter((type) => slots.includes(type));
  const quick = quickUnlock.is === 'ready' && quickUnlock.triesLeft > 0 ? quickUnlock : null;
  const type = types.find((one) => one === chosen) ?? types[0] ?? 'password';
  return { types, quick, isQuick: quick !== null && chosen === 'quick', type };
}
