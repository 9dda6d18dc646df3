// `process.parentPort` of a utility process, over Node's channel to the parent. Messages wait until somebody listens.
// SPDX-License-Identifier: MIT

import type { Serializable } from 'node:child_process';
import { notImplemented } from './not-implemented.ts';
import { StrictEmitter } from './strict-emitter.ts';

class ParentPort extends StrictEmitter {
  readonly #send: (message: Serializable) => void;
  #waiting: unknown[] | null = [];

  constructor(send: (message: Serializable) => void) {
    super('parentPort', ['message']);
    this.#send = send;
    this.on('newListener', (event) => {
      if (event === 'message')
        setImmediate(() => {
          this.start();
        });
    });
  }

  start(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const message of waiting) this.receive(message);
  }

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    if (transfer.length > 0) throw notImplemented('parentPort.postMessage with ports');
    let clone: unknown;
    try {
      clone = structuredClone(message);
    } catch {
      throw new Error('An object could not be cloned.');
    }
    this.#send(clone as Serializable);
  }

  /** Internal: a message from the parent. */
  receive(data: unknown): void {
    if (this.#waiting === null) this.emit('message', { data, ports: [] });
    else this.#waiting.push(data);
  }
}

/** Puts the port in place and takes Node's own channel out of sight, as a utility process has none. */
export function connectParentPort(process: NodeJS.Process): void {
  const send = process.send?.bind(process);
  if (send === undefined) throw new Error('a utility process is started by utilityProcess.fork');
  const port = new ParentPort((message) => {
    if (process.connected) send(message);
  });
  process.on('message', (message) => {
    port.receive(message);
  });
  // The parent is gone: nothing of the vault may outlive it.
  process.once('disconnect', () => {
    process.exit(0);
  });
  Object.defineProperty(process, 'parentPort', { value: port, enumerable: true });
  // Only `send`: Node itself calls `disconnect` when the channel closes.
  Object.defineProperty(process, 'send', { value: undefined, configurable: true });
}
