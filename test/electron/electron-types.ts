// Holds the stand-in against Electron's own types: what it offers must exist there, and be usable as it is there.
// Nothing here runs; when Electron changes, or the stand-in strays, this file does not compile.
// SPDX-License-Identifier: MIT

import type * as StandIn from './api/electron.ts';

/** Compiles when what the stand-in offers can be used where Electron's is wanted. */
type Fits<Offered extends Wanted, Wanted> = [Offered, Wanted];

/** Compiles when every member of the stand-in's, but those for its own use, is a member of Electron's. */
type Named<Offered extends keyof Wanted, Wanted> = [Offered, Wanted];

type OwnOfWebContents = 'host' | 'setKeyRules' | 'destroy';
type OwnOfBrowserWindow = 'applyTheme' | 'lostFocus';
type OwnOfSession = 'registry' | 'hooks' | 'mayUse' | 'announceDownload' | 'partition';

/** Listening is typed by event there and not here; unknown events throw instead. */
type Listening = keyof NodeJS.EventEmitter;

type Window = InstanceType<typeof StandIn.BrowserWindow>;
type Contents = InstanceType<typeof StandIn.webContents>;
type SessionOf = typeof StandIn.session.defaultSession;

/** Members whose types name other classes of the stand-in, which are smaller than Electron's on purpose. */
type RefersToClasses =
  'webContents' | 'session' | 'mainFrame' | 'capturePage' | 'getParentWindow' | 'setMenu';

export type Checks = [
  Named<Exclude<keyof typeof StandIn.app, 'becomeReady'>, Electron.App>,
  Fits<
    typeof StandIn.app,
    Pick<
      Electron.App,
      Exclude<keyof typeof StandIn.app & keyof Electron.App, 'commandLine' | Listening>
    >
  >,
  Fits<
    typeof StandIn.app.commandLine,
    Pick<Electron.CommandLine, 'hasSwitch' | 'getSwitchValue' | 'appendSwitch' | 'removeSwitch'>
  >,
  Named<Exclude<keyof Window, OwnOfBrowserWindow>, Electron.BrowserWindow>,
  Fits<
    Window,
    Pick<
      Electron.BrowserWindow,
      Exclude<keyof Window, OwnOfBrowserWindow | RefersToClasses | Listening>
    >
  >,
  Named<keyof typeof StandIn.BrowserWindow, typeof Electron.BrowserWindow>,
  Named<Exclude<keyof Contents, OwnOfWebContents>, Electron.WebContents>,
  Fits<
    Contents,
    Pick<
      Electron.WebContents,
      Exclude<keyof Contents, OwnOfWebContents | RefersToClasses | Listening>
    >
  >,
  Fits<
    Contents['mainFrame'],
    Pick<
      Electron.WebFrameMain,
      | 'url'
      | 'origin'
      | 'name'
      | 'detached'
      | 'processId'
      | 'routingId'
      | 'frameTreeNodeId'
      | 'send'
      | 'isDestroyed'
    >
  >,
  Named<Exclude<keyof SessionOf, OwnOfSession>, Electron.Session>,
  Fits<
    SessionOf,
    Pick<
      Electron.Session,
      Exclude<keyof SessionOf, OwnOfSession | 'protocol' | 'webRequest' | Listening>
    >
  >,
  Fits<SessionOf['protocol'], Pick<Electron.Protocol, 'handle' | 'unhandle' | 'isProtocolHandled'>>,
  Fits<SessionOf['webRequest'], Pick<Electron.WebRequest, 'onBeforeRequest' | 'onHeadersReceived'>>,
  Fits<typeof StandIn.protocol, Pick<Electron.Protocol, keyof typeof StandIn.protocol>>,
  Fits<typeof StandIn.ipcMain, Pick<Electron.IpcMain, keyof typeof StandIn.ipcMain>>,
  Fits<typeof StandIn.dialog, Pick<Electron.Dialog, keyof typeof StandIn.dialog>>,
  Fits<
    typeof StandIn.clipboard,
    Pick<Electron.Clipboard, 'readText' | 'writeText' | 'clear' | 'has'>
  >,
  Named<keyof typeof StandIn.clipboard, Electron.Clipboard>,
  Named<keyof InstanceType<typeof StandIn.ClipboardItem>, Electron.ClipboardItem>,
  Fits<InstanceType<typeof StandIn.ClipboardItem>, Pick<Electron.ClipboardItem, 'types'>>,
  Fits<typeof StandIn.net, Pick<Electron.Net, keyof typeof StandIn.net>>,
  Fits<
    typeof StandIn.systemPreferences,
    Pick<Electron.SystemPreferences, keyof typeof StandIn.systemPreferences>
  >,
  Fits<
    typeof StandIn.powerMonitor,
    Pick<Electron.PowerMonitor, Exclude<keyof typeof StandIn.powerMonitor, Listening>>
  >,
  Fits<typeof StandIn.safeStorage, Pick<Electron.SafeStorage, keyof typeof StandIn.safeStorage>>,
  Fits<
    typeof StandIn.nativeTheme,
    Pick<
      Electron.NativeTheme,
      Exclude<keyof typeof StandIn.nativeTheme, 'onSourceChange' | Listening>
    >
  >,
  Fits<typeof StandIn.shell, Pick<Electron.Shell, keyof typeof StandIn.shell>>,
  Fits<
    typeof StandIn.globalShortcut,
    Pick<Electron.GlobalShortcut, keyof typeof StandIn.globalShortcut>
  >,
  Named<keyof typeof StandIn.screen, Electron.Screen>,
  Named<keyof InstanceType<typeof StandIn.Menu>, Electron.Menu>,
  Named<keyof InstanceType<typeof StandIn.MenuItem>, Electron.MenuItem>,
  Named<keyof InstanceType<typeof StandIn.Tray>, Electron.Tray>,
  Named<keyof InstanceType<typeof StandIn.Notification>, Electron.Notification>,
  Fits<
    InstanceType<typeof StandIn.nativeImage>,
    Pick<Electron.NativeImage, keyof InstanceType<typeof StandIn.nativeImage>>
  >,
  Fits<
    ReturnType<typeof StandIn.utilityProcess.fork>,
    Pick<
      Electron.UtilityProcess,
      Exclude<keyof ReturnType<typeof StandIn.utilityProcess.fork>, Listening>
    >
  >,
];
