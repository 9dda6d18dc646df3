// Calls back whenever something about the window changes that could put the button under a gesture meant for something
// else: size, place, focus, visibility.
// SPDX-License-Identifier: MIT

import type { Clock } from '../../shared/clock.ts';

/** The page gets no event when its window is moved, so its place is looked at this often. */
const LOOK_EVERY_MS = 100;

export function watchWindow(target: Window, clock: Clock, onChange: () => void): () => void {
  const page = target.document;
  let place = placeOf(target);
  let stopLooking: () => void = () => undefined;
  const look = (): void => {
    const next = placeOf(target);
    if (next !== place) onChange();
    place = next;
    stopLooking = clock.after(LOOK_EVERY_MS, look);
  };
  look();
  target.addEventListener('resize', onChange);
  target.addEventListener('focus', onChange);
  target.addEventListener('blur', onChange);
  page.addEventListener('visibilitychange', onChange);
  return () => {
    stopLooking();
    target.removeEventListener('resize', onChange);
    target.removeEventListener('focus', onChange);
    target.removeEventListener('blur', onChange);
    page.removeEventListener('visibilitychange', onChange);
  };
}

function placeOf({ screenX, screenY }: Window): string {
  return `${screenX},${screenY}`;
}
