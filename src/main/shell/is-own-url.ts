// Which URLs a window of ours may load at all.
// SPDX-License-Identifier: MIT

import { APP_ORIGIN } from './app-protocol.ts';

/** Data and blob URLs carry no request out: images of ours use the former. */
export function isOwnUrl(url: string): boolean {
  return url.startsWith(`${APP_ORIGIN}/`) || url.startsWith('data:') || url.startsWith('blob:');
}
