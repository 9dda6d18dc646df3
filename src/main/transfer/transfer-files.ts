// Port: the files that people carry in and out. The main side names them by path; errors are TransferError.
// SPDX-License-Identifier: MIT

import type { ImportSource } from './import-source.ts';

/** A chosen file. Once another one lies in its place, or it was written to, nothing more of it is read. */
export interface ChosenFile extends ImportSource {
  /** Without folders. */
  readonly name: string;
}

export interface TransferFiles {
  /** A file to be imported. Throws `transfer/not-recognised` for `openVault`, without looking into it. */
  choose(path: string, openVault: string): Promise<ChosenFile>;
  /**
   * The file as a stream; it is closed when the last chunk has been taken or the taker stops. Throws
   * `transfer/target-is-a-vault` for `openVault`, which nothing but the vault itself may open.
   */
  stream(
    path: string,
    openVault: string,
  ): Promise<{
    readonly name: string;
    readonly sizeBytes: number;
    readonly chunks: AsyncIterable<Uint8Array>;
  }>;
  /**
   * Writes a new file into a folder, under `name` or, where something has that name, under one with a number. Nothing
   * that lies there is ever replaced. What was begun is removed where the content ends early.
   */
  create(
    folder: string,
    name: string,
    chunks: AsyncIterable<Uint8Array>,
  ): Promise<{ readonly name: string; readonly sizeBytes: number }>;
  /** Of a folder, without those above it. */
  nameOf(folder: string): string;
  /**
   * Writes aside, syncs and renames: resolves once the file is durable under its name. Throws
   * `transfer/target-is-a-vault` when a vault lies there: `openVault`, which is not looked into, or any other. What a
   * killed program left of such files in that folder is removed once it is a day old.
   */
  replace(
    path: string,
    chunks: AsyncIterable<Uint8Array>,
    openVault: string,
  ): Promise<{ readonly name: string; readonly sizeBytes: number }>;
}
