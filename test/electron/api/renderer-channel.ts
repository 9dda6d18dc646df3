// The main side of the binary channel to one window's page: requests come as posts, everything else goes out in order
// through one request that the page keeps pending. What belongs to a document dies with it.
// SPDX-License-Identifier: MIT

import { packClone, unpackClone } from '../page/clone.ts';
import type { FromMain, ToMain } from '../page/isolated-world.ts';
import type { KeyRules } from '../page/keys.ts';

export interface ChannelAnswer {
  readonly status: number;
  readonly body: Uint8Array;
}

export interface ChannelHandlers {
  readonly invoke: (channel: string, args: readonly unknown[]) => Promise<unknown>;
  readonly host: (name: string, args: readonly unknown[]) => Promise<unknown>;
  /** Whether the application prevents the key. */
  readonly key: (input: unknown) => boolean;
}

interface Document {
  id: string | null;
  isCommitted: boolean;
  readonly outbox: FromMain[];
  pull: ((answer: ChannelAnswer) => void) | null;
}

const NOTHING = new Uint8Array(0);

export class RendererChannel {
  readonly #handlers: ChannelHandlers;
  #document: Document | null = null;
  #keyRules: KeyRules = { accelerators: [], inputEvents: false };

  constructor(handlers: ChannelHandlers) {
    this.#handlers = handlers;
  }

  /** The main frame committed a document of the application, or (`isOurs` false) some other one. */
  commit(isOurs: boolean): void {
    if (!isOurs) {
      this.#document = null;
    } else if (this.#document?.isCommitted === false) {
      this.#document.isCommitted = true;
    } else {
      this.#document = newDocument(true);
      this.#send({ type: 'keys', rules: this.#keyRules });
    }
  }

  /** Lost when there is no document, as in Electron. */
  push(channel: string, args: readonly unknown[]): void {
    // Packed now: later changes to the arguments must not be seen.
    const frozen = unpackClone(packClone(args)) as readonly unknown[];
    this.#send({ type: 'push', channel, args: frozen });
  }

  setKeyRules(rules: KeyRules): void {
    this.#keyRules = rules;
    this.#send({ type: 'keys', rules });
  }

  /** Takes what the page posted. The answer to a pull comes when there is something to say. */
  receive(frame: Uint8Array): Promise<ChannelAnswer> {
    const message = unpackClone(frame) as ToMain;
    const document = this.#documentOf(message.documentId);
    switch (message.type) {
      case 'pull':
        return this.#pull(document);
      case 'key': {
        const answer = this.#handlers.key(message.input) ? 'prevent' : 'pass';
        return Promise.resolve({ status: 200, body: new TextEncoder().encode(answer) });
      }
      case 'invoke':
        this.#reply(document, message.id, this.#handlers.invoke(message.channel, message.args));
        return Promise.resolve({ status: 204, body: NOTHING });
      case 'host':
        this.#reply(document, message.id, this.#handlers.host(message.name, message.args));
        return Promise.resolve({ status: 204, body: NOTHING });
    }
  }

  /** The first message of a new document may come before the news that it was committed. */
  #documentOf(id: string): Document {
    if (this.#document?.id === id) return this.#document;
    if (this.#document?.id !== null) {
      this.#document = newDocument(false);
      this.#send({ type: 'keys', rules: this.#keyRules });
    }
    this.#document ??= newDocument(false);
    this.#document.id = id;
    return this.#document;
  }

  #reply(document: Document, id: number, result: Promise<unknown>): void {
    result.then(
      (value) => {
        this.#enqueue(document, { type: 'reply', id, ok: true, value });
      },
      (error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        this.#enqueue(document, { type: 'reply', id, ok: false, message });
      },
    );
  }

  #send(item: FromMain): void {
    if (this.#document !== null) this.#enqueue(this.#document, item);
  }

  #enqueue(document: Document, item: FromMain): void {
    document.outbox.push(item);
    this.#flush(document);
  }

  #pull(document: Document): Promise<ChannelAnswer> {
    return new Promise((resolve) => {
      document.pull = resolve;
      this.#flush(document);
    });
  }

  #flush(document: Document): void {
    const { pull } = document;
    if (pull === null || document.outbox.length === 0) return;
    document.pull = null;
    pull({ status: 200, body: packItems(document.outbox.splice(0)) });
  }
}

/** A reply that cannot be cloned becomes that error, for its caller alone. */
function packItems(items: readonly FromMain[]): Uint8Array {
  try {
    return packClone(items);
  } catch {
    return packClone(items.map(cloneableOrError));
  }
}

function cloneableOrError(item: FromMain): FromMain {
  try {
    packClone(item).fill(0);
    return item;
  } catch (error) {
    if (item.type !== 'reply') throw error;
    return { type: 'reply', id: item.id, ok: false, message: `Error: ${(error as Error).message}` };
  }
}

function newDocument(isCommitted: boolean): Document {
  return { id: null, isCommitted, outbox: [], pull: null };
}
