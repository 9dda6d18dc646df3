// SPDX-License-Identifier: MIT

import { credentialStoreSuite } from '../../conformance/credential-store.suite.ts';
import { MemoryCredentialStore } from '../../support/memory-credential-store.ts';

credentialStoreSuite('MemoryCredentialStore', () => {
  const store = new MemoryCredentialStore();
  return {
    store,
    lock: () => {
      store.lock();
    },
    reopen: () => null,
  };
});
