// Put in by the build from the tables in shared/ipc, for the kind of window that a preload is built for.
// SPDX-License-Identifier: MIT

declare const __CHANNELS__: readonly string[];
declare const __EVENTS__: readonly string[];

/** The part of Node's process that a sandboxed preload has. */
declare const process: { readonly platform: string };
