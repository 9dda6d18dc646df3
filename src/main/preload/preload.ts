// The preload, built once per kind of window: one function per channel of that window, one per event, frozen.
// The names come from the tables through the build, so no validator is bundled here and nothing generic gets out.
// SPDX-License-Identifier: MIT

import { contextBridge, ipcRenderer } from 'electron/renderer';

const api = Object.fromEntries(
  __CHANNELS__.map((channel) => [channel, (input: unknown) => ipcRenderer.invoke(channel, input)]),
);

const subscriptions = Object.fromEntries(__EVENTS__.map((name) => [name, subscriptionTo(name)]));

contextBridge.exposeInMainWorld('vault', Object.freeze(api));
contextBridge.exposeInMainWorld('vaultEvents', Object.freeze(subscriptions));
contextBridge.exposeInMainWorld('vaultPlatform', Object.freeze({ os: process.platform }));

function subscriptionTo(name: string) {
  return (listener: (payload: unknown) => void): (() => void) => {
    const hear = (_event: unknown, payload: unknown): void => {
      listener(payload);
    };
    ipcRenderer.on(name, hear);
    return () => {
      ipcRenderer.removeListener(name, hear);
    };
  };
}
