// A ceremony that ended is told wherever the person is in the main window; refusals say why, and
// a new passkey never comes to be in silence.
// SPDX-License-Identifier: MIT

import type { CeremonyReport } from '../../shared/model/ceremony.ts';
import type { View } from '../main/view.ts';
import type { Store } from '../store.ts';
import type { Toasts } from '../ui/toasts.ts';
import { sentenceOf } from './ceremony-list.tsx';

export function announceCeremony(
  ceremony: CeremonyReport,
  { toasts, view }: { readonly toasts: Toasts; readonly view: Store<View> },
): void {
  // The room lists every ceremony: a message over it would say the same twice.
  if (view.get().room === 'test-site') return;
  const { explanation, tone } = sentenceOf(ceremony);
  // What the person just did in the approval window needs no second telling.
  if (ceremony.reason === 'denied' || ceremony.reason === 'aborted') return;
  if (ceremony.reason === 'completed' && ceremony.operation === 'get') return;
  toasts.show({ text: explanation, tone: tone === 'refused' ? 'bad' : tone });
}
