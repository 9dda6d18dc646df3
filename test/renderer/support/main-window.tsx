// The main window over a vault in memory, and the hands that tests use it with: by accessible name, key and text.
// SPDX-License-Identifier: MIT

import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach } from 'vitest';
import { App } from '../../../src/renderer/main/app.tsx';
import {
  createMainServices,
  startMainServices,
  type MainServices,
} from '../../../src/renderer/main/services.ts';
import type { TypedVaultApi } from '../../../src/shared/ipc/window-api.ts';
import { HandClock } from '../../support/hand-clock.ts';
import { fakeConnection, ok, type FakeConnection } from './fake-connection.ts';
import { stubLayout } from './layout.ts';
import { MemoryItems } from './memory-items.ts';

export interface MainWindow {
  readonly items: MemoryItems;
  readonly clock: HandClock;
  readonly connection: FakeConnection<'main'>;
  readonly services: MainServices;
  readonly stop: () => void;
}

/** How the windows that are open follow their events no more. */
const stops: (() => void)[] = [];

/** Gives every test of the file a layout, and closes the windows that it opened. */
export function eachInMainWindows(): void {
  beforeEach(stubLayout);
  afterEach(() => {
    for (const stop of stops.splice(0)) stop();
    cleanup();
  });
}

/** Lets what was asked for be answered and drawn. */
export async function settle(): Promise<void> {
  await act(async () => new Promise((resolve) => setImmediate(resolve)));
}

/** Opens the window on a vault that `fill` fills; `answers` go before those of the vault. */
export async function openMainWindow(
  fill: (items: MemoryItems) => void = () => undefined,
  answers: Partial<TypedVaultApi<'main'>> = {},
): Promise<MainWindow> {
  const clock = new HandClock();
  const announce: { now: () => void } = { now: () => undefined };
  const items = new MemoryItems([], {
    clock,
    onChange: () => {
      announce.now();
    },
  });
  fill(items);
  const connection = fakeConnection<'main'>({
    ...items.answers(),
    // Ways in that nothing is to be said about.
    'keys:list': () => ok([]),
    ...answers,
  });
  announce.now = () => {
    connection.emit('items:changed', { revision: items.revision });
  };
  const services = createMainServices(connection, clock);
  const stop = startMainServices(services);
  stops.push(stop);
  render(<App services={services} />);
  await settle();
  return { items, clock, connection, services, stop };
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
