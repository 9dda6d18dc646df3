// What the renderer may know of vault files and of the state of the open one.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../brand.ts';
import type { ItemKind } from './item-kinds.ts';
import type { IntegrityState, ItemDamage } from './item.ts';

/** A vault file that Latchkey knows of. */
export interface VaultFile {
  /** Names the file towards main; the path itself stays there. */
  readonly key: string;
  /** File name without its ending. */
  readonly name: string;
  readonly sizeBytes: number;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
  /** Opened last: offered first. */
  readonly isLast: boolean;
}

export interface VaultStatus {
  readonly isUnlocked: boolean;
  /** Name of the open vault, or of the one opened last. */
  readonly name: string | null;
}

/** An item of which something does not open, as far as something is known of it. */
export interface DamagedItem {
  readonly id: ItemId;
  /** Null where not even that can be read. */
  readonly title: string | null;
  readonly kind: ItemKind | null;
  readonly damage: ItemDamage;
}

/** What is known to be wrong with the file of the open vault. */
export interface DamageReport {
  readonly integrity: IntegrityState;
  /** How many items do not open, or not whole. */
  readonly damaged: number;
  /** As many of them as a person would read, those with a title first. */
  readonly items: readonly DamagedItem[];
  /** How many rows the vault last had and how many the file has now; null until all have been read. */
  readonly rows: { readonly expected: number; readonly found: number } | null;
}

/** Groups of the navigation that can be folded. */
export const NAV_GROUPS = ['kinds', 'tags', 'searches', 'vault'] as const;

export type NavGroupId = (typeof NAV_GROUPS)[number];

export interface Settings {
  readonly theme: 'system' | 'light' | 'dark';
  /** Minutes without input until the vault locks: 1 to 120. */
  readonly autoLockMinutes: number;
  /** Seconds until a copied secret leaves the clipboard: 5 to 300. */
  readonly clipboardClearSeconds: number;
  /** Whether the breach check may ask the range service over the network; off by default. */
  readonly onlineBreachCheck: boolean;
  readonly foldedGroups: readonly NavGroupId[];
}

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  autoLockMinutes: 10,
  clipboardClearSeconds: 30,
  onlineBreachCheck: false,
  foldedGroups: [],
};
