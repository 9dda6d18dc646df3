// The code of an item while it can be seen: not behind another room, not in a window that is hidden.
// SPDX-License-Identifier: MIT

import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { ItemDetail } from '../../../shared/model/item.ts';
import { useServices } from '../../main/services.ts';
import { useStore } from '../../store.ts';
import { LiveCode, type LiveCodeState } from './live-code.ts';

function subscribe(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener);
  return () => {
    document.removeEventListener('visibilitychange', listener);
  };
}

const isPageVisible = (): boolean => document.visibilityState !== 'hidden';

export function useLiveCode(item: ItemDetail): LiveCodeState {
  const { api, clock, view } = useServices();
  const isCovered = useStore(view).room !== null;
  const isVisible = useSyncExternalStore(subscribe, isPageVisible) && !isCovered;
  const { id } = item;
  const live = useMemo(
    () => new LiveCode(() => api['items:one-time-code']({ id }), clock),
    [api, clock, id],
  );
  // Whenever the item is read anew its code may be another one.
  useEffect(() => (isVisible ? live.start() : undefined), [live, isVisible, item]);
  return useStore(live.state);
}
