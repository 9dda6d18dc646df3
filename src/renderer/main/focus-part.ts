// Moves the focus to a part of the window by its name; the parts carry `data-part`.
// SPDX-License-Identifier: MIT

export type Part = 'search' | 'list' | 'detail';

export function focusPart(part: Part): void {
  const element = document.querySelector<HTMLElement>(`[data-part="${part}"]`);
  element?.focus();
  if (element instanceof HTMLInputElement) element.select();
}
