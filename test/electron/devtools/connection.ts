// A DevTools connection over one message pipe: commands and their answers, events by session, and the messages of a
// second client (the endpoint that Playwright uses) passed through under ids of their own.
// SPDX-License-Identifier: MIT

import type { PipeMessage } from './message-pipe.ts';
import type { CommandName, Commands, EventName, Events } from './protocol.ts';

type Listener<E extends EventName> = (event: Events[E]) => void;

interface Waiting {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
  readonly method: string;
}

/** What a command was refused with, or that the session ended before its answer. */
export class DevToolsError extends Error {
  override readonly name = 'DevToolsError';
}

/** A client whose messages pass through; it gets everything that belongs to its sessions. */
export interface PassThrough {
  owns(sessionId: string): boolean;
  deliver(message: PipeMessage): void;
}

export class DevToolsConnection {
  readonly root: DevToolsSession;
  readonly #write: (message: PipeMessage) => void;
  readonly #sessions = new Map<string, DevToolsSession>();
  readonly #waiting = new Map<number, Waiting & { readonly session: DevToolsSession }>();
  readonly #passedIds = new Map<number, { readonly client: PassThrough; readonly id: unknown }>();
  #passThrough: PassThrough | null = null;
  #lastId = 0;
  #closed = false;

  constructor(write: (message: PipeMessage) => void) {
    this.#write = write;
    this.root = new DevToolsSession(this, null);
  }

  session(sessionId: string): DevToolsSession {
    const known = this.#sessions.get(sessionId);
    if (known !== undefined) return known;
    const session = new DevToolsSession(this, sessionId);
    this.#sessions.set(sessionId, session);
    return session;
  }

  send<C extends CommandName>(
    session: DevToolsSession,
    method: C,
    params: Commands[C]['params'],
  ): Promise<Commands[C]['result']> {
    if (this.#closed || session.isEnded) {
      return Promise.reject(new DevToolsError(`${method}: the session has ended`));
    }
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, method, session });
      this.#write({
        id,
        method,
        params,
        ...(session.id === null ? {} : { sessionId: session.id }),
      });
    });
  }

  /** Sends a message of the second client; its answer goes back to it under its own id. */
  pass(client: PassThrough, message: PipeMessage): void {
    if (this.#closed) return;
    this.#passThrough = client;
    const id = ++this.#lastId;
    this.#passedIds.set(id, { client, id: message.id });
    this.#write({ ...message, id });
  }

  dispatch(message: PipeMessage): void {
    const { id, sessionId } = message;
    if (typeof id === 'number') {
      this.#answer(id, message);
    } else if (typeof sessionId === 'string' && this.#passThrough?.owns(sessionId) === true) {
      this.#passThrough.deliver(message);
    } else {
      this.#event(message);
    }
  }

  /** The browser is gone: every waiting command fails. */
  close(): void {
    this.#closed = true;
    for (const { reject, method } of this.#waiting.values()) {
      reject(new DevToolsError(`${method}: the browser has ended`));
    }
    this.#waiting.clear();
  }

  #answer(id: number, message: PipeMessage): void {
    const passed = this.#passedIds.get(id);
    if (passed !== undefined) {
      this.#passedIds.delete(id);
      passed.client.deliver({ ...message, id: passed.id });
      return;
    }
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    this.#waiting.delete(id);
    const error = message.error as { readonly message?: string } | undefined;
    if (error === undefined) waiting.resolve(owned(message.result as object) as never);
    else waiting.reject(new DevToolsError(`${waiting.method}: ${error.message ?? 'refused'}`));
  }

  #event(message: PipeMessage): void {
    const { method, params, sessionId } = message;
    const session = typeof sessionId === 'string' ? this.#sessions.get(sessionId) : this.root;
    if (method === 'Target.detachedFromTarget') {
      this.#endSession((params as Events['Target.detachedFromTarget']).sessionId);
    }
    session?.dispatch(method as EventName, params as never);
  }

  #endSession(sessionId: string): void {
    const session = this.#sessions.get(sessionId);
    if (session === undefined) return;
    this.#sessions.delete(sessionId);
    session.end();
    for (const [id, waiting] of this.#waiting) {
      if (waiting.session !== session) continue;
      this.#waiting.delete(id);
      waiting.reject(new DevToolsError(`${waiting.method}: the session has ended`));
    }
  }
}

/** A result outlives the message that carried it, which is zeroed: its bytes are copied. */
function owned(result: object): object {
  return Object.fromEntries(
    Object.entries(result).map(([key, value]: [string, unknown]) => [
      key,
      value instanceof Uint8Array ? Uint8Array.from(value) : value,
    ]),
  );
}

/** One attached target (or the browser itself, whose id is null). */
export class DevToolsSession {
  readonly id: string | null;
  readonly #connection: DevToolsConnection;
  readonly #listeners = new Map<EventName, Set<Listener<never>>>();
  #ended = false;

  constructor(connection: DevToolsConnection, id: string | null) {
    this.#connection = connection;
    this.id = id;
  }

  get isEnded(): boolean {
    return this.#ended;
  }

  send<C extends CommandName>(
    method: C,
    ...rest: Record<string, never> extends Commands[C]['params']
      ? [params?: Commands[C]['params']]
      : [params: Commands[C]['params']]
  ): Promise<Commands[C]['result']> {
    return this.#connection.send(this, method, rest[0] ?? {});
  }

  /** Sends and lets a failure pass: for what need not happen when the target is going away. */
  tell<C extends CommandName>(...args: Parameters<typeof this.send<C>>): void {
    this.send<C>(...args).catch(() => undefined);
  }

  /** The session of a target attached below this one. */
  child(sessionId: string): DevToolsSession {
    return this.#connection.session(sessionId);
  }

  on<E extends EventName>(event: E, listener: Listener<E>): void {
    const listeners = this.#listeners.get(event) ?? new Set();
    listeners.add(listener);
    this.#listeners.set(event, listeners);
  }

  dispatch<E extends EventName>(event: E, params: Events[E]): void {
    for (const listener of this.#listeners.get(event) ?? []) {
      (listener as Listener<E>)(params);
    }
  }

  end(): void {
    this.#ended = true;
  }
}
