// SPDX-License-Identifier: MIT

import { describePinStore } from '../../conformance/pin-store.suite.ts';
import { MemoryPinStore } from '../../support/memory-pin-store.ts';

describePinStore('MemoryPinStore', () => {
  const store = new MemoryPinStore();
  return {
    store,
    reopen: () => store,
    spoil: () => {
      store.isReadable = false;
    },
    block: () => {
      store.isWritable = false;
    },
    [Symbol.dispose]: () => undefined,
  };
});
