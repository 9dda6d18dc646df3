// The main window over a vault in memory.
// SPDX-License-Identifier: MIT

import { cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach } from 'vitest';
import { App } from '../../../src/renderer/main/app.tsx';
import {
  createMainServices,
  startMainServices,
  type MainServices,
} from '../../../src/renderer/main/services.ts';
import { HandClock } from '../../support/hand-clock.ts';
import { type FakeAnswers, type FakeConnection, fakeConnection, ok } from './fake-connection.ts';
import { settle } from './hands.ts';
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

/** Opens the window on a vault of items with the titles, or that `fill` fills; `answers` go before those of the vault. */
export async function openMainWindow(
  fill: readonly string[] | ((items: MemoryItems) => void) = [],
  answers: FakeAnswers<'main'> = {},
): Promise<MainWindow> {
  const clock = new HandClock();
  const announce: { now: () => void } = { now: () => undefined };
  const items = new MemoryItems([], {
    clock,
    onChange: () => {
      announce.now();
    },
  });
  if (typeof fill === 'function') fill(items);
  else for (const title of fill) items.add(title);
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
