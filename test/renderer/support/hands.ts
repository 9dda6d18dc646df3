// What a person does in a window: by accessible name, key and text. Each act ends when its answer is drawn.
// SPDX-License-Identifier: MIT

import { act, fireEvent, screen } from '@testing-library/react';

export const CTRL = { ctrlKey: true };
export const SHIFT = { shiftKey: true };

/** Lets what was asked for be answered and drawn. */
export async function settle(): Promise<void> {
  await act(async () => new Promise((resolve) => setImmediate(resolve)));
}

export async function press(key: string, part: object = {}): Promise<void> {
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...part });
  await settle();
}

export async function click(name: string | RegExp, index = 0): Promise<void> {
  const button = screen.getAllByRole('button', { name })[index];
  if (!button) throw new Error(`no button ${index} of that name`);
  fireEvent.click(button);
  await settle();
}

/** Opens the menu of a button and chooses from it. */
export async function chooseFromMenu(button: string, entry: string): Promise<void> {
  await click(button);
  fireEvent.click(screen.getByRole('menuitem', { name: entry }));
  await settle();
}

/** Chooses the row of that title. */
export async function choose(title: string): Promise<void> {
  fireEvent.click(screen.getByText(title, { selector: '[role=option] b' }));
  await settle();
}

export async function type(label: string | RegExp, value: string): Promise<void> {
  const field = screen.getByLabelText(label);
  fireEvent.focus(field);
  fireEvent.change(field, { target: { value } });
  fireEvent.blur(field);
  await settle();
}

/** Chooses an option of the select of that label. */
export async function pick(label: string | RegExp, option: string): Promise<void> {
  await click(label);
  fireEvent.click(screen.getByRole('option', { name: new RegExp(`^${option}`) }));
  await settle();
}
