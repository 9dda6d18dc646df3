// The one table of requests: channel, validator of its one input, output type, lock rule, the windows that may call
// it and the process that answers. Channel types, handlers, preload functions and `window.vault` derive from it.
// SPDX-License-Identifier: MIT

import type { z } from 'zod';
import type { outputType, RequestOwner, WindowKind } from './request-row.ts';
import { itemRows } from './rows/items.ts';
import { shellRows } from './rows/shell.ts';
import { toolRows } from './rows/tools.ts';
import { transferRows } from './rows/transfer.ts';
import { vaultRows } from './rows/vaults.ts';

export { WINDOW_KINDS } from './request-row.ts';
export type { LockRule, WindowKind } from './request-row.ts';
export { settingsShape, TEST_SITE_HOSTS } from './rows/shell.ts';

export const requests = {
  ...vaultRows,
  ...itemRows,
  ...toolRows,
  ...transferRows,
  ...shellRows,
} as const;

type Requests = typeof requests;
export type Channel = keyof Requests;
export type InputOf<C extends Channel> = z.output<Requests[C]['input']>;
export type OutputOf<C extends Channel> = Exclude<Requests[C][typeof outputType], undefined>;

/** The channels that a kind of window may call. */
export type ChannelFor<W extends WindowKind> = {
  [C in Channel]: W extends (typeof requests)[C]['windows'][number] ? C : never;
}[Channel];

export type ChannelOwnedBy<Owner extends RequestOwner> = {
  [C in Channel]: (typeof requests)[C]['owner'] extends Owner ? C : never;
}[Channel];

/** The channels a window of `kind` may call, for the build of its preload and for the door. */
export function channelsFor(kind: WindowKind): readonly Channel[] {
  return (Object.keys(requests) as Channel[]).filter((channel) =>
    (requests[channel].windows as readonly WindowKind[]).includes(kind),
  );
}
