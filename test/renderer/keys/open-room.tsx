// A room over a main side that a test answers for, and what a person sees of it.
// SPDX-License-Identifier: MIT

import { render, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import {
  createMainServices,
  ServicesProvider,
  type MainServices,
} from '../../../src/renderer/main/services.ts';
import { ToastRegion } from '../../../src/renderer/ui/toast-region.tsx';
import type { VaultPlatform } from '../../../src/shared/ipc/window-api.ts';
import type { KeySlotInfo, SlotType } from '../../../src/shared/model/keys.ts';
import {
  type FakeAnswers,
  type FakeConnection,
  fakeConnection,
} from '../support/fake-connection.ts';
import { settle } from '../support/hands.ts';
import { HandClock } from '../../support/hand-clock.ts';

export interface OpenRoom {
  readonly connection: FakeConnection<'main'>;
  readonly services: MainServices;
  readonly unmount: () => void;
}

export async function openRoom(
  room: ReactNode,
  answers: FakeAnswers<'main'>,
  os: VaultPlatform['os'] = 'linux',
): Promise<OpenRoom> {
  const connection = fakeConnection<'main'>(answers);
  const services = createMainServices({ ...connection, platform: { os } }, new HandClock());
  services.status.set({ isUnlocked: true, name: 'Personal' });
  const { unmount } = render(
    <ServicesProvider value={services}>
      {room}
      <ToastRegion toasts={services.toasts} />
    </ServicesProvider>,
  );
  await settle();
  return { connection, services, unmount };
}

export function field(label: string): HTMLInputElement {
  return screen.getByLabelText<HTMLInputElement>(label);
}

export function isDisabled(name: string | RegExp): boolean {
  return screen.getByRole<HTMLButtonElement>('button', { name }).disabled;
}

/** What is said as an error now. */
export function alertText(): string {
  return screen
    .queryAllByRole('alert')
    .map(({ textContent }) => textContent)
    .join(' ');
}

export const slotId = (number: number): string => number.toString(16).padStart(32, '0');

export function slot(number: number, slotType: SlotType, name = ''): KeySlotInfo {
  return {
    ...{ id: slotId(number), type: slotType, name },
    createdAt: Date.UTC(2026, number, 3),
    kdf: slotType === 'recovery' ? null : { memoryMib: 256, passes: 3, lanes: 4 },
  };
}

/** What was sent as bytes, read while it was there, and the bytes themselves. */
export class Sent {
  readonly texts: string[] = [];
  readonly #bytes: Uint8Array[] = [];

  take(bytes: Uint8Array | null | undefined): void {
    if (!bytes) throw new Error('no bytes were sent');
    this.texts.push(new TextDecoder().decode(bytes));
    this.#bytes.push(bytes);
  }

  get areErased(): boolean {
    return this.#bytes.length > 0 && this.#bytes.every((one) => one.every((byte) => byte === 0));
  }
}
