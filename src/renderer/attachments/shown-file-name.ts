// A file's name as it is shown: a name may hold characters that turn the text around it.
// SPDX-License-Identifier: MIT

import { toDisplayText } from '../approval/display-text.ts';

export function shownFileName({ name }: { readonly name: string }): string {
  return toDisplayText(name, { max: 80, fallback: 'No name' });
}
