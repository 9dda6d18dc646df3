// Light, dark or as the system has it: one attribute on the root element, which the tokens follow.
// SPDX-License-Identifier: MIT

import type { Settings } from '../shared/model/vault.ts';

export function applyTheme(theme: Settings['theme']): void {
  const { dataset } = document.documentElement;
  if (theme === 'system') delete dataset.theme;
  else dataset.theme = theme;
}

/** What every window has for this. */
interface ThemeSource {
  readonly api: { readonly 'settings:get': (input: Record<string, never>) => Promise<Settings> };
  readonly events: {
    readonly 'settings:changed': (listener: (settings: Settings) => void) => () => void;
  };
}

/** Applies the theme of the settings now and whenever it changes. Without settings the system's theme stays. */
export function followTheme({ api, events }: ThemeSource): () => void {
  api['settings:get']({}).then(
    (settings) => {
      applyTheme(settings.theme);
    },
    () => {
      applyTheme('system');
    },
  );
  return events['settings:changed']((settings) => {
    applyTheme(settings.theme);
  });
}
