// What the renderer may know of vault files and of the state of the open one.
// SPDX-License-Identifier: MIT

/** A vault file that Latchkey knows of. */
export interface VaultFile {
  /** Names the file towards main; the path itself stays there. */
  readonly key: string;
  /** File name without its ending. */
  readonly name: string;
  readonly sizeBytes: number;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
  /** Opened last: offered first. */
  readonly isLast: boolean;
}

export interface VaultStatus {
  readonly isUnlocked: boolean;
  /** Name of the open vault, or of the one opened last. */
  readonly name: string | null;
}

export interface Settings {
  readonly theme: 'system' | 'light' | 'dark';
  /** Minutes without input until the vault locks: 1 to 120. */
  readonly autoLockMinutes: number;
  /** Seconds until a copied secret leaves the clipboard: 5 to 300. */
  readonly clipboardClearSeconds: number;
  /** Whether the breach check may ask the range service over the network; off by default. */
  readonly onlineBreachCheck: boolean;
}

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  autoLockMinutes: 10,
  clipboardClearSeconds: 30,
  onlineBreachCheck: false,
};
