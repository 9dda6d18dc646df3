// What runs in the preload's isolated world before the page's scripts: the electron module of a sandboxed preload,
// its strict `require`, and the binary channel to the main process (one pending request that brings, others that take).
// SPDX-License-Identifier: MIT

import { packClone, unpackClone } from './clone.ts';
import { PreloadEmitter } from './emitter.ts';
import { watchKeys, type KeyRules } from './keys.ts';
import { strictObject } from './strict-object.ts';
import { newWorldBridge } from './world-bridge.ts';

export interface IsolatedWorldSettings {
  readonly meeting: string;
  readonly ipcUrl: string;
  readonly preloadPath: string | null;
  readonly process: Readonly<Record<string, unknown>>;
}

/** What a preload finds as if it were global. */
interface PreloadScope {
  readonly require: (name: string) => unknown;
  readonly module: { exports: unknown };
  readonly exports: unknown;
  readonly process: unknown;
  readonly Buffer: unknown;
  readonly global: unknown;
}

type PreloadFunction = (scope: PreloadScope) => void;

export type FromMain =
  | { readonly type: 'reply'; readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly type: 'reply'; readonly id: number; readonly ok: false; readonly message: string }
  | { readonly type: 'push'; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly type: 'keys'; readonly rules: KeyRules };

export type ToMain =
  | { readonly type: 'pull'; readonly documentId: string }
  | {
      readonly type: 'invoke';
      readonly documentId: string;
      readonly id: number;
      readonly channel: string;
      readonly args: readonly unknown[];
    }
  | {
      readonly type: 'host';
      readonly documentId: string;
      readonly id: number;
      readonly name: string;
      readonly args: readonly unknown[];
    }
  | { readonly type: 'key'; readonly documentId: string; readonly input: unknown };

export function startIsolatedWorld(
  settings: IsolatedWorldSettings,
  preload: PreloadFunction | null,
): void {
  const channel = newMainChannel(settings.ipcUrl);
  const shared = document.createElement('i');
  const bridge = newWorldBridge(
    shared,
    { send: 'to-main', receive: 'to-isolated' },
    () => undefined,
  );
  window.dispatchEvent(new MouseEvent(settings.meeting, { relatedTarget: shared }));
  const expose = (key: string, value: unknown): void => {
    bridge.ask({ kind: 'expose', key, value: bridge.toWire(value) });
  };
  expose('', {
    openWindow: (...args: unknown[]) => void channel.host('open-window', args),
    closeWindow: () => void channel.host('close-window', []),
    mayUse: (...args: unknown[]) => channel.host('may-use', args),
  });
  if (preload !== null) runPreload(settings, preload, channel, expose);
  void channel.pump();
}

function runPreload(
  settings: IsolatedWorldSettings,
  preload: PreloadFunction,
  channel: MainChannel,
  expose: (key: string, value: unknown) => void,
): void {
  const electron = strictObject('electron', {
    contextBridge: strictObject('contextBridge', { exposeInMainWorld: expose }),
    ipcRenderer: channel.ipcRenderer,
  });
  const modules: Readonly<Record<string, unknown>> = {
    electron,
    'electron/renderer': electron,
    'electron/common': electron,
    events: Object.assign(PreloadEmitter, { EventEmitter: PreloadEmitter }),
    timers: strictObject('timers', { setTimeout, clearTimeout, setInterval, clearInterval }),
    url: strictObject('url', { URL, URLSearchParams }),
  };
  const require = (name: string): unknown => {
    const known = name.replace(/^node:/, '');
    if (Object.hasOwn(modules, known)) return modules[known];
    throw new Error(`module not found: ${name}`);
  };
  const module = { exports: {} };
  try {
    const process = strictObject('process', settings.process);
    const Buffer = strictObject('Buffer', {});
    preload({ require, module, exports: module.exports, process, Buffer, global: globalThis });
  } catch (error) {
    console.error(`Unable to load preload script: ${settings.preloadPath ?? ''}`);
    console.error(error);
    void channel.host('preload-error', [error instanceof Error ? error : new Error(String(error))]);
  }
}

interface MainChannel {
  readonly ipcRenderer: object;
  readonly host: (name: string, args: readonly unknown[]) => Promise<unknown>;
  readonly pump: () => Promise<void>;
}

function newMainChannel(ipcUrl: string): MainChannel {
  const documentId = crypto.randomUUID();
  const waiting = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (error: Error) => void }
  >();
  const emitter = new PreloadEmitter();
  const rules: { current: KeyRules } = { current: { accelerators: [], inputEvents: false } };
  let lastId = 0;

  async function post(message: ToMain): Promise<ArrayBuffer> {
    const body = packClone(message);
    const sent = fetch(ipcUrl, { method: 'POST', body, credentials: 'omit', cache: 'no-store' });
    body.fill(0);
    return (await sent).arrayBuffer();
  }

  function request(message: (id: number) => ToMain): Promise<unknown> {
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      post(message(id)).catch((error: unknown) => {
        waiting.delete(id);
        reject(error instanceof Error ? error : new Error(String(error)));
      });
    });
  }

  function handle(item: FromMain): void {
    if (item.type === 'push') {
      emitter.emit(item.channel, { sender: ipcRenderer, ports: [] }, ...item.args);
    } else if (item.type === 'keys') {
      rules.current = item.rules;
    } else {
      const caller = waiting.get(item.id);
      waiting.delete(item.id);
      if (item.ok) caller?.resolve(item.value);
      else caller?.reject(new Error(item.message));
    }
  }

  async function pump(): Promise<void> {
    for (;;) {
      const bytes = new Uint8Array(await post({ type: 'pull', documentId }));
      const items = unpackClone(bytes) as readonly FromMain[];
      bytes.fill(0);
      for (const item of items)
        reportErrors(() => {
          handle(item);
        });
    }
  }

  const host = (name: string, args: readonly unknown[]): Promise<unknown> =>
    request((id) => ({ type: 'host', documentId, id, name, args }));
  const invoke = async (channel: string, ...args: unknown[]): Promise<unknown> =>
    request((id) => ({ type: 'invoke', documentId, id, channel, args }));
  const ipcRenderer = strictEmitter(emitter, invoke);
  watchKeys(() => rules.current, {
    accelerator: (accelerator) => void host('accelerator', [accelerator]),
    input: (input) => askNow(ipcUrl, { type: 'key', documentId, input }),
  });
  return { ipcRenderer, host, pump: () => pump().catch(() => undefined) };
}

/** A key must be answered before the page sees it, so this one request blocks. */
function askNow(ipcUrl: string, message: ToMain): boolean {
  const request = new XMLHttpRequest();
  request.open('POST', ipcUrl, false);
  request.send(packClone(message));
  return request.responseText === 'prevent';
}

/** A listener that throws is an uncaught error of the page, and stops no other message. */
function reportErrors(action: () => void): void {
  try {
    action();
  } catch (error) {
    reportError(error);
  }
}

function strictEmitter(
  emitter: PreloadEmitter,
  invoke: (channel: string, ...args: unknown[]) => Promise<unknown>,
): object {
  const chained =
    (method: 'on' | 'once' | 'off' | 'addListener' | 'removeListener') =>
    (channel: string, listener: () => void): object => {
      emitter[method](channel, listener);
      return ipcRenderer;
    };
  const ipcRenderer = strictObject('ipcRenderer', {
    invoke,
    on: chained('on'),
    once: chained('once'),
    off: chained('off'),
    addListener: chained('addListener'),
    removeListener: chained('removeListener'),
    removeAllListeners: (channel?: string): object => {
      emitter.removeAllListeners(channel);
      return ipcRenderer;
    },
    listenerCount: (channel: string) => emitter.listenerCount(channel),
  });
  return ipcRenderer;
}
