// One change of the settings: it holds at once, and is taken back where it cannot be saved.
// SPDX-License-Identifier: MIT

import type { Settings } from '../../shared/model/vault.ts';
import type { MainServices } from '../main/services.ts';

export type SettingsServices = Pick<MainServices, 'api' | 'settings' | 'report'>;

/** Two in quick succession: the answer to the first does not take the second back. */
export function changeSettings(services: SettingsServices, part: Partial<Settings>): void {
  const { api, settings, report } = services;
  const before = settings.get();
  const next = { ...before, ...part };
  settings.set(next);
  const setIfLast = (result: Settings): void => {
    if (settings.get() === next) settings.set(result);
  };
  api['settings:save'](next).then(setIfLast, (error: unknown) => {
    setIfLast(before);
    report(error);
  });
}
