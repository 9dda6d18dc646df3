// What a person does with the ways into a vault: the recovery sheet, the PIN.
// SPDX-License-Identifier: MIT

import type { Locator, Page } from '@playwright/test';
import { expect } from './expect.ts';
import { closing, fillIn, openRoom } from './stories.ts';

/** Asks for a recovery key; the sheet with its words is in sight when this returns. */
export async function beginRecoverySheet(
  page: Page,
  name: string,
  password: string,
): Promise<readonly string[]> {
  await openRoom(page, 'Ways in');
  await page.getByRole('button', { name: 'Add a recovery key' }).click();
  const form = page.getByRole('form', { name: 'Add a recovery key' });
  await fillIn(form, { Name: name, 'Master password': password });
  await form.getByRole('button', { name: 'Show the words' }).click();
  const list = page.getByRole('list', { name: 'Words of the recovery key' });
  await expect(list.getByRole('listitem')).toHaveCount(24);
  const words = await list.locator('b').allTextContents();
  return words.map((word) => word.trim());
}

/** Goes on from the sheet to the rehearsal. */
export async function beginRehearsal(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'I have written it down' }).click();
  return page.getByRole('form', { name: 'Rehearsal' });
}

/** Types what is asked for and adds the key. */
export async function rehearse(rehearsal: Locator, words: readonly string[]): Promise<void> {
  for (const [index, word] of words.entries()) {
    const field = rehearsal.getByLabel(`Word ${index + 1}`, { exact: true });
    if ((await field.count()) > 0) await field.fill(word);
  }
  await rehearsal.getByRole('button', { name: 'Add recovery key' }).click();
}

/** Types the words of a recovery key into the locked window and presses Unlock, whatever comes of it. */
export async function tryWords(window: Page, text: string): Promise<void> {
  const field = window.getByLabel('Recovery key', { exact: true });
  const other = window.getByRole('button', { name: 'Use recovery key' });
  await expect(field.or(other).first()).toBeVisible();
  if (await other.isVisible()) await other.click();
  await field.fill(text);
  await closing(window, window.getByRole('button', { name: 'Unlock', exact: true }).click());
}

/** Sets a PIN for this session; `chooseFile` gives the form the key file of a vault that requires one. */
export async function setPin(
  page: Page,
  pin: string,
  password: string,
  chooseFile: (form: Locator) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await openRoom(page, 'Settings');
  const section = page.getByRole('region', { name: 'Quick unlock' });
  await section.getByRole('button', { name: 'Set a PIN' }).click();
  const form = page.getByRole('form', { name: 'Set a PIN' });
  await fillIn(form, { PIN: pin, 'The same PIN again': pin, 'Master password': password });
  await chooseFile(form);
  await form.getByRole('button', { name: 'Set PIN' }).click();
  await expect(section).toContainText('A PIN is set.');
}

/** Types a PIN into the locked window and presses Unlock, whatever comes of it. */
export async function tryPin(window: Page, pin: string): Promise<void> {
  await window.getByLabel('PIN', { exact: true }).fill(pin);
  await closing(window, window.getByRole('button', { name: 'Unlock', exact: true }).click());
}
