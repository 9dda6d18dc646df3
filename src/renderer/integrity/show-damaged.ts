// The way to the items that are damaged.
// SPDX-License-Identifier: MIT

import type { MainServices } from '../main/services.ts';

/** Finds them. */
export const DAMAGED_QUERY = 'is:damaged';

export function showDamaged({ view }: Pick<MainServices, 'view'>): void {
  view.update((state) => ({
    ...state,
    ...{ room: null, section: { in: 'all' }, text: DAMAGED_QUERY },
    ...{ selectedId: null, mode: 'show' },
  }));
}
