// What `require('electron')` and `import … from 'electron'` give in the main process of the stand-in. Each export is
// written out: Node finds the names of a CommonJS module by reading it.
// SPDX-License-Identifier: MIT

'use strict';

const standIn = require('../api/electron.ts');

exports.app = standIn.app;
exports.BrowserWindow = standIn.BrowserWindow;
exports.clipboard = standIn.clipboard;
exports.ClipboardItem = standIn.ClipboardItem;
exports.dialog = standIn.dialog;
exports.globalShortcut = standIn.globalShortcut;
exports.ipcMain = standIn.ipcMain;
exports.Menu = standIn.Menu;
exports.MenuItem = standIn.MenuItem;
exports.nativeImage = standIn.nativeImage;
exports.nativeTheme = standIn.nativeTheme;
exports.net = standIn.net;
exports.Notification = standIn.Notification;
exports.powerMonitor = standIn.powerMonitor;
exports.protocol = standIn.protocol;
exports.safeStorage = standIn.safeStorage;
exports.screen = standIn.screen;
exports.session = standIn.session;
exports.shell = standIn.shell;
exports.systemPreferences = standIn.systemPreferences;
exports.Tray = standIn.Tray;
exports.utilityProcess = standIn.utilityProcess;
exports.webContents = standIn.webContents;

exports.autoUpdater = standIn.absent('autoUpdater');
exports.BaseWindow = standIn.absent('BaseWindow');
exports.BrowserView = standIn.absent('BrowserView');
exports.contentTracing = standIn.absent('contentTracing');
exports.crashReporter = standIn.absent('crashReporter');
exports.desktopCapturer = standIn.absent('desktopCapturer');
exports.inAppPurchase = standIn.absent('inAppPurchase');
exports.MessageChannelMain = standIn.absent('MessageChannelMain');
exports.netLog = standIn.absent('netLog');
exports.powerSaveBlocker = standIn.absent('powerSaveBlocker');
exports.pushNotifications = standIn.absent('pushNotifications');
exports.ShareMenu = standIn.absent('ShareMenu');
exports.TouchBar = standIn.absent('TouchBar');
exports.View = standIn.absent('View');
exports.webFrameMain = standIn.absent('webFrameMain');
exports.WebContentsView = standIn.absent('WebContentsView');
