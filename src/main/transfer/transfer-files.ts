// Port: the files that people carry in and out. The main side names them by path; errors are TransferError.
// SPDX-License-Identifier: MIT

export interface TransferFiles {
  /** The whole file, refused above `maxBytes`, and its name without folders. */
  read(
    path: string,
    maxBytes: number,
  ): Promise<{ readonly name: string; readonly bytes: Uint8Array }>;
  /**
   * Writes aside, syncs and renames: resolves once the file is durable under its name. Throws
   * `transfer/target-is-a-vault` when a vault lies there: `openVault`, which is not looked into, or any other.
   */
  replace(
    path: string,
    chunks: AsyncIterable<Uint8Array>,
    openVault: string,
  ): Promise<{ readonly name: string; readonly sizeBytes: number }>;
}
