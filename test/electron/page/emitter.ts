// The part of Node's EventEmitter that a sandboxed preload has: for ipcRenderer and for require('events').
// SPDX-License-Identifier: MIT

export type EmitterListener = (...args: readonly unknown[]) => void;

interface Entry {
  readonly listener: EmitterListener;
  readonly once: boolean;
}

export class PreloadEmitter {
  readonly #entries = new Map<string, readonly Entry[]>();

  on(name: string, listener: EmitterListener): this {
    return this.#add(name, { listener, once: false });
  }

  addListener(name: string, listener: EmitterListener): this {
    return this.on(name, listener);
  }

  once(name: string, listener: EmitterListener): this {
    return this.#add(name, { listener, once: true });
  }

  off(name: string, listener: EmitterListener): this {
    const entries = this.#entries.get(name) ?? [];
    const index = entries.findLastIndex((entry) => entry.listener === listener);
    if (index >= 0) this.#entries.set(name, entries.toSpliced(index, 1));
    return this;
  }

  removeListener(name: string, listener: EmitterListener): this {
    return this.off(name, listener);
  }

  removeAllListeners(name?: string): this {
    if (name === undefined) this.#entries.clear();
    else this.#entries.delete(name);
    return this;
  }

  listenerCount(name: string): number {
    return this.#entries.get(name)?.length ?? 0;
  }

  emit(name: string, ...args: readonly unknown[]): boolean {
    const entries = this.#entries.get(name) ?? [];
    for (const { listener, once } of entries) {
      if (once) this.off(name, listener);
      listener.apply(this, [...args]);
    }
    return entries.length > 0;
  }

  #add(name: string, entry: Entry): this {
    if (typeof entry.listener !== 'function') {
      throw new TypeError('The "listener" argument must be of type function.');
    }
    this.#entries.set(name, [...(this.#entries.get(name) ?? []), entry]);
    return this;
  }
}
