// What runs in the page's own world before its scripts: it meets the isolated world once, through a node that nobody
// else holds, defines what the preload exposes, and answers for what Electron's windows do differently from a browser.
// SPDX-License-Identifier: MIT

import { newWorldBridge } from './world-bridge.ts';

/** What the isolated world offers to this one. */
interface Host {
  readonly openWindow: (url: string, name: string, features: string) => void;
  readonly closeWindow: () => void;
  readonly mayUse: (permission: string, check: boolean) => Promise<boolean>;
}

const HOST_KEY = '';

/** `meeting` is the name of the one event that carries the shared node. */
export function startMainWorld(meeting: string): void {
  window.addEventListener(
    meeting,
    (event) => {
      event.stopImmediatePropagation();
      const node = (event as MouseEvent).relatedTarget;
      if (node === null) return;
      newWorldBridge(node, { send: 'to-isolated', receive: 'to-main' }, (key, value) => {
        if (key === HOST_KEY) becomeElectronPage(value as Host);
        else expose(key, value);
      });
    },
    { once: true, capture: true },
  );
}

function expose(key: string, value: unknown): void {
  if (Object.hasOwn(window, key)) {
    throw new Error('Cannot bind an API on top of an existing property on the window object');
  }
  Object.defineProperty(window, key, { value: deepFreeze(value), enumerable: true });
}

function deepFreeze(value: unknown): unknown {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return value;
  if (ArrayBuffer.isView(value)) return value;
  for (const entry of Object.values(value)) deepFreeze(entry);
  return Object.freeze(value);
}

function becomeElectronPage(host: Host): void {
  window.open = (url = '', name = '', features = '') => {
    host.openWindow(new URL(url, location.href).href, name, features);
    return null;
  };
  window.close = () => {
    host.closeWindow();
  };
  guardPermissions(host);
}

/** Asks the session's handlers first; Chromium itself denies everything that they did not grant. */
function guardPermissions(host: Host): void {
  guardPromise(Notification, 'requestPermission', 'notifications', host);
  guardPromise(Permissions.prototype, 'query', 'check', host);
  guardPromise(MediaDevices.prototype, 'getUserMedia', 'media', host);
  guardPromise(MediaDevices.prototype, 'getDisplayMedia', 'display-capture', host);
  guardPromise(Clipboard.prototype, 'read', 'clipboard-read', host);
  guardPromise(Clipboard.prototype, 'readText', 'clipboard-read', host);
  guardPromise(Navigator.prototype, 'requestMIDIAccess', 'midi', host);
  guardPromise(StorageManager.prototype, 'persist', 'persistent-storage', host);
  guardPromise(Element.prototype, 'requestFullscreen', 'fullscreen', host);
  guardPromise(Element.prototype, 'requestPointerLock', 'pointerLock', host);
  guardCallbacks(Geolocation.prototype, 'getCurrentPosition', 'geolocation', host);
  guardCallbacks(Geolocation.prototype, 'watchPosition', 'geolocation', host);
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

function guardPromise(owner: object, name: string, permission: string, host: Host): void {
  const original = (owner as Record<string, Method | undefined>)[name];
  if (original === undefined) return;
  const guarded: Method = async function (...args) {
    const wanted = permission === 'check' ? (args[0] as { name?: string }).name : permission;
    await host.mayUse(String(wanted), permission === 'check');
    return original.apply(this, args);
  };
  Object.defineProperty(owner, name, { value: guarded, writable: true, configurable: true });
}

function guardCallbacks(owner: object, name: string, permission: string, host: Host): void {
  const original = (owner as Record<string, Method | undefined>)[name];
  if (original === undefined) return;
  const guarded: Method = function (...args) {
    void host.mayUse(permission, false).then(() => original.apply(this, args));
    return 0;
  };
  Object.defineProperty(owner, name, { value: guarded, writable: true, configurable: true });
}
