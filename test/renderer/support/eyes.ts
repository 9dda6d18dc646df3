// What a person sees in a window: rows, the item that is open, its fields, a dialog, where the focus is.
// SPDX-License-Identifier: MIT

import { screen, waitFor, within } from '@testing-library/react';
import { expect } from 'vitest';

/** The row of a field in the detail. */
export function fieldRow(label: string): HTMLElement {
  return within(screen.getByRole('article')).getByRole('group', { name: label });
}

export function titles(): (string | null | undefined)[] {
  return screen.getAllByRole('option').map((row) => row.querySelector('b')?.textContent);
}

export function heading(): string | null {
  return within(screen.getByRole('article')).getByRole('heading', { level: 1 }).textContent;
}

export function fieldValue(label: string | RegExp): string {
  return screen.getByLabelText<HTMLInputElement>(label).value;
}

/** Inside the dialog that is open. */
export function dialog() {
  return within(screen.getByRole('dialog'));
}

/** What has the focus, or has it with the next frame: fields that take it by themselves may wait for one. */
export async function expectFocusOn(wanted: () => HTMLElement): Promise<void> {
  await waitFor(() => {
    expect(document.activeElement).toBe(wanted());
  });
}
