// How V8 keeps house in the vault process. The list of a large vault is prepared from many short-lived objects: a small
// nursery and a heap that grows in small steps keep them from piling up, for a few per cent of the time that unlocking takes.
// SPDX-License-Identifier: MIT

export const VAULT_PROCESS_FLAGS: readonly string[] = [
  '--max-semi-space-size=2',
  '--heap-growing-percent=20',
];
