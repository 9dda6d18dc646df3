// What a command is: something to be done, with its name, its keys and when it makes sense.
// SPDX-License-Identifier: MIT

import type { LucideIcon } from 'lucide-react';
import type { MainServices } from './services.ts';

export interface Command {
  readonly id: string;
  readonly title: string;
  /** What it is called for the item that is shown; null where `title` says it. */
  readonly titleFor?: (services: MainServices) => string | null;
  readonly icon?: LucideIcon;
  readonly section: 'Item' | 'Vault' | 'Go to';
  /** Chords in the notation of `ui/key-chord.ts`; the first is the one shown. Only places may have none. */
  readonly keys: readonly string[];
  /** The key belongs to text while the focus is in a field. */
  readonly isTextKey?: boolean;
  /** It acts on the whole window: it works from within a dialog too. */
  readonly isAboveDialogs?: boolean;
  /** Whether it makes sense now; always, where missing. */
  readonly isAvailable?: (services: MainServices) => boolean;
  readonly run: (services: MainServices) => void;
}
