// How windows are made: one pure function, so that the tests can hold it against Electron's security checklist.
// SPDX-License-Identifier: MIT

import type { BrowserWindowConstructorOptions, Session } from 'electron/main';
import type { WindowKind } from '../../shared/ipc/requests.ts';

interface Frame {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly minWidth: number;
  readonly minHeight: number;
  readonly resizable: boolean;
  /** Approval stands over everything, or it would be answered too late or not at all. */
  readonly alwaysOnTop: boolean;
}

/** Titles are constant: a window title is readable by every program of the desktop. */
export const WINDOW_FRAMES: Record<WindowKind, Frame> = {
  unlock: {
    title: 'Latchkey',
    width: 460,
    height: 600,
    minWidth: 420,
    minHeight: 540,
    resizable: true,
    alwaysOnTop: false,
  },
  main: {
    title: 'Latchkey',
    width: 1180,
    height: 740,
    minWidth: 860,
    minHeight: 560,
    resizable: true,
    alwaysOnTop: false,
  },
  approval: {
    title: 'Latchkey: a site asks',
    width: 460,
    height: 680,
    minWidth: 460,
    minHeight: 560,
    resizable: true,
    alwaysOnTop: true,
  },
};

/** Constructor options of a window of `kind`. */
export function windowOptions(
  kind: WindowKind,
  parts: { readonly preloadPath: string; readonly session: Session; readonly isDark: boolean },
): BrowserWindowConstructorOptions {
  return {
    ...WINDOW_FRAMES[kind],
    show: false,
    center: true,
    useContentSize: true,
    autoHideMenuBar: true,
    fullscreenable: kind === 'main',
    minimizable: kind !== 'approval',
    maximizable: kind === 'main',
    backgroundColor: parts.isDark ? '#161817' : '#f6f6f4',
    webPreferences: {
      preload: parts.preloadPath,
      session: parts.session,
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
    },
  };
}
