// The present time for what counts down, from a Clock, renewed every so often.
// SPDX-License-Identifier: MIT

import { useEffect, useState } from 'react';
import type { Clock } from '../../shared/clock.ts';

export function useNow(clock: Clock, everyMs: number): number {
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    let stop: () => void = () => undefined;
    const tick = (): void => {
      setNow(clock.now());
      stop = clock.after(everyMs, tick);
    };
    tick();
    return () => {
      stop();
    };
  }, [clock, everyMs]);
  return now;
}
