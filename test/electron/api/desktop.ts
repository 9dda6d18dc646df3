// The parts of Electron that speak with the desktop: power, shell, notifications, tray, global keys. None
// of them pretends: what the machine cannot do here is said to be unavailable.
// SPDX-License-Identifier: MIT

import { execFile, spawn } from 'node:child_process';
import { strictObject } from '../page/strict-object.ts';
import { findProgram } from './find-program.ts';
import { standIn } from './stand-in.ts';
import { newEvent, StrictEmitter, strictStatics } from './strict-emitter.ts';

class PowerMonitor extends StrictEmitter {
  readonly onBatteryPower = false;

  constructor() {
    super('powerMonitor', [
      'suspend',
      'resume',
      'on-ac',
      'on-battery',
      'shutdown',
      'lock-screen',
      'unlock-screen',
      'user-did-become-active',
      'user-did-resign-active',
    ]);
  }

  /** Nothing here watches the person's input: only a test makes it anything but busy. */
  getSystemIdleTime(): number {
    return 0;
  }

  getSystemIdleState(idleThreshold: number): 'active' | 'idle' | 'locked' | 'unknown' {
    return this.getSystemIdleTime() >= idleThreshold ? 'idle' : 'active';
  }

  isOnBatteryPower(): boolean {
    return false;
  }
}

export const powerMonitor = new PowerMonitor();

/** In test mode: what would have left the application. */
export const recorded = { openedExternally: [] as string[], shownInFolder: [] as string[] };

function open(target: string): Promise<void> {
  return new Promise((resolve, reject) => {
    if (findProgram('xdg-open') === null) {
      reject(new Error('shell.openExternal: xdg-open is not installed'));
      return;
    }
    const child = spawn('xdg-open', [target], { stdio: 'ignore', detached: true });
    child.once('error', reject);
    child.once('spawn', () => {
      child.unref();
      resolve();
    });
  });
}

export const shell = strictObject('shell', {
  async openExternal(url: string): Promise<void> {
    if (!URL.canParse(url)) throw new Error('Invalid URL');
    if (standIn().options.isUnderTest) recorded.openedExternally.push(url);
    else await open(url);
  },
  showItemInFolder(fullPath: string): void {
    if (standIn().options.isUnderTest) recorded.shownInFolder.push(fullPath);
    else open(fullPath.replace(/[^/]*$/, '')).catch(() => undefined);
  },
  beep(): void {
    process.stderr.write('\x07');
  },
});

interface NotificationOptions {
  readonly title?: string;
  readonly body?: string;
  readonly silent?: boolean;
}

export class Notification extends StrictEmitter {
  title: string;
  body: string;
  silent: boolean;

  constructor(options: NotificationOptions = {}) {
    super('Notification', ['show', 'click', 'close', 'failed']);
    this.title = options.title ?? '';
    this.body = options.body ?? '';
    this.silent = options.silent ?? false;
  }

  static isSupported(): boolean {
    return standIn().options.isUnderTest || findProgram('notify-send') !== null;
  }

  show(): void {
    if (!standIn().options.isUnderTest && Notification.isSupported()) {
      execFile('notify-send', ['--', this.title, this.body], () => undefined);
    }
    this.emit('show', newEvent({}));
  }

  close(): void {
    this.emit('close', newEvent({ reason: 'applicationHidden' }));
  }
}

strictStatics('Notification', Notification);

/** A tray icon that nobody sees; its menu is reached through `setContextMenu` by who made it. */
export class Tray extends StrictEmitter {
  #isDestroyed = false;

  constructor(_image: unknown) {
    super('Tray', ['click', 'double-click', 'right-click']);
  }

  setImage(_image: unknown): void {
    // Nobody sees it.
  }

  setToolTip(_toolTip: string): void {
    // Nobody sees it.
  }

  setTitle(_title: string): void {
    // Nobody sees it.
  }

  setContextMenu(_menu: unknown): void {
    // Nobody sees it.
  }

  destroy(): void {
    this.#isDestroyed = true;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }
}

strictStatics('Tray', Tray);

const shortcuts = new Map<string, () => void>();

/** No key of the desktop can be taken here, so a person's registration fails; a test's is kept. */
export const globalShortcut = strictObject('globalShortcut', {
  register(accelerator: string, callback: () => void): boolean {
    if (!standIn().options.isUnderTest || shortcuts.has(accelerator)) return false;
    shortcuts.set(accelerator, callback);
    return true;
  },
  isRegistered: (accelerator: string): boolean => shortcuts.has(accelerator),
  unregister(accelerator: string): void {
    shortcuts.delete(accelerator);
  },
  unregisterAll(): void {
    shortcuts.clear();
  },
});
