import type { Session } from 'electron/main';
import { describe, expect, it } from 'vitest';
import { windowOptions, WINDOW_FRAMES } from '../../../src/main/shell/window-options.ts';
import { forbiddenSwitch, FORBIDDEN_SWITCHES } from '../../../src/main/shell/forbidden-switches.ts';
import { isOwnUrl } from '../../../src/main/shell/is-own-url.ts';
import { WINDOW_KINDS } from '../../../src/shared/ipc/requests.ts';

const session = {} as Session;

describe('windowOptions', () => {
  it.each(WINDOW_KINDS)('hardens the %s window as the checklist demands', (kind) => {
    const { webPreferences } = windowOptions(kind, {
      preloadPath: '/p.cjs',
      session,
      isDark: true,
    });
    expect(webPreferences).toEqual({
      preload: '/p.cjs',
      session,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: false,
      enableWebSQL: false,
      safeDialogs: true,
    });
  });

  it('shows nothing before it is ready, and puts only approval over everything', () => {
    const options = WINDOW_KINDS.map((kind) =>
      windowOptions(kind, { preloadPath: '', session, isDark: false }),
    );
    expect(options.map(({ show }) => show)).toEqual([false, false, false]);
    expect(WINDOW_KINDS.filter((kind) => WINDOW_FRAMES[kind].alwaysOnTop)).toEqual(['approval']);
  });
});

describe('forbiddenSwitch', () => {
  it('names the switch that was given', () => {
    expect(forbiddenSwitch((name) => name === 'js-flags')).toBe('js-flags');
    expect(forbiddenSwitch(() => false)).toBeNull();
    expect(FORBIDDEN_SWITCHES).toContain('remote-debugging-port');
  });
});

describe('isOwnUrl', () => {
  it.each([
    ['app://latchkey/main.html', true],
    ['data:image/png;base64,AA', true],
    ['app://latchkey.evil/main.html', false],
    ['app://latchkey', false],
    ['https://latchkey/main.html', false],
    ['http://127.0.0.1/', false],
    ['file:///etc/passwd', false],
    ['wss://latchkey/', false],
  ])('says of %s: %s', (url, expected) => {
    expect(isOwnUrl(url)).toBe(expected);
  });
});
