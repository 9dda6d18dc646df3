// SPDX-License-Identifier: MIT

import { describeVaultStore } from '../../conformance/vault-store.suite.ts';
import { MemoryVaultStore } from '../../support/memory-vault-store.ts';

describeVaultStore('MemoryVaultStore', () => {
  const first = new MemoryVaultStore();
  return {
    create: () => first,
    reopen: () => new MemoryVaultStore(first.file),
    copyPath: () => 'copy',
    openCopy: (path) => new MemoryVaultStore(first.copies.get(path)),
    remove: () => undefined,
  };
});
