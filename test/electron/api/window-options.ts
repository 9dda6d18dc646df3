// What a BrowserWindow may be asked for: options that the stand-in knows, and the security settings it insists on.
// SPDX-License-Identifier: MIT

import type { BrowserWindowConstructorOptions, WebPreferences } from 'electron';
import { notImplemented } from './not-implemented.ts';

const WINDOW_OPTIONS: ReadonlySet<string> = new Set([
  'width',
  'height',
  'minWidth',
  'minHeight',
  'maxWidth',
  'maxHeight',
  'x',
  'y',
  'center',
  'show',
  'title',
  'icon',
  'backgroundColor',
  'resizable',
  'movable',
  'closable',
  'focusable',
  'minimizable',
  'maximizable',
  'fullscreenable',
  'alwaysOnTop',
  'skipTaskbar',
  'modal',
  'parent',
  'frame',
  'titleBarStyle',
  'titleBarOverlay',
  'trafficLightPosition',
  'autoHideMenuBar',
  'useContentSize',
  'acceptFirstMouse',
  'paintWhenInitiallyHidden',
  'webPreferences',
]);

/** Settings that must be as given; any other value is refused. */
const REQUIRED: Readonly<Record<string, unknown>> = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
};

/** Settings that may be named as long as they are as safe as their default. */
const FIXED: Readonly<Record<string, unknown>> = {
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  navigateOnDragDrop: false,
  safeDialogs: true,
  plugins: false,
  spellcheck: false,
  enableWebSQL: false,
  enableDeprecatedPaste: false,
};

const FREE: ReadonlySet<string> = new Set([
  'preload',
  'session',
  'partition',
  'devTools',
  'backgroundThrottling',
  'disableDialogs',
  'autoplayPolicy',
  'v8CacheOptions',
  'images',
  'webgl',
]);

/** Throws for whatever the stand-in could not honour. */
export function checkWindowOptions(options: BrowserWindowConstructorOptions): WebPreferences {
  for (const name of Object.keys(options)) {
    if (!WINDOW_OPTIONS.has(name)) throw notImplemented(`BrowserWindow option ${name}`);
  }
  const preferences: WebPreferences = options.webPreferences ?? {};
  for (const [name, wanted] of Object.entries(REQUIRED)) {
    if ((preferences as Readonly<Record<string, unknown>>)[name] !== wanted) {
      throw new Error(
        `the stand-in opens windows only with webPreferences.${name}: ${String(wanted)}`,
      );
    }
  }
  for (const [name, value] of Object.entries(preferences) as [string, unknown][]) {
    if (name in REQUIRED || FREE.has(name)) continue;
    if (!(name in FIXED)) throw notImplemented(`webPreferences.${name}`);
    if (value !== FIXED[name]) throw notImplemented(`webPreferences.${name}: ${String(value)}`);
  }
  return preferences;
}
