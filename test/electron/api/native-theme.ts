// nativeTheme: light or dark as the application says. The system's own wish is not known here and counts as light.
// SPDX-License-Identifier: MIT

import { StrictEmitter } from './strict-emitter.ts';

export type ThemeSource = 'system' | 'light' | 'dark';

class NativeTheme extends StrictEmitter {
  #source: ThemeSource = 'system';
  readonly #followers = new Set<() => void>();
  readonly shouldUseHighContrastColors = false;
  readonly shouldUseInvertedColorScheme = false;
  readonly inForcedColorsMode = false;
  readonly prefersReducedTransparency = false;

  constructor() {
    super('nativeTheme', ['updated']);
  }

  get themeSource(): ThemeSource {
    return this.#source;
  }

  set themeSource(source: ThemeSource) {
    if (!['system', 'light', 'dark'].includes(source)) {
      throw new TypeError(`nativeTheme.themeSource: ${source}`);
    }
    if (source === this.#source) return;
    this.#source = source;
    for (const follow of this.#followers) follow();
    this.emit('updated');
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark';
  }

  /** Internal: windows follow. */
  onSourceChange(follow: () => void): void {
    this.#followers.add(follow);
  }
}

export const nativeTheme = new NativeTheme();
