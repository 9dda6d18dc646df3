// Arms this prompt's approval, and again whenever the window changes under the person's hands.
// SPDX-License-Identifier: MIT

import { useEffect, useState } from 'react';
import type { Clock } from '../../shared/clock.ts';
import { ApprovalArming } from './approval-arming.ts';
import { watchWindow } from './watch-window.ts';

export function useArming(clock: Clock): ApprovalArming {
  const [arming] = useState(() => new ApprovalArming(clock));
  useEffect(() => {
    arming.restart();
    const stopWatching = watchWindow(window, clock, () => {
      arming.restart();
    });
    return () => {
      stopWatching();
      arming.stop();
    };
  }, [arming, clock]);
  return arming;
}
