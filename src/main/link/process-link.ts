// Typed calls and announcements between the main process and the vault process over one message pipe.
// Calls can be cancelled by signal; when the pipe closes, every open call fails with `ipc/vault-process-ended`.
// The link owns the bytes of what it sends: top-level byte arrays of an input or answer are zeroed once posted.
// SPDX-License-Identifier: MIT

import type { Result } from '../../shared/errors.ts';
import { IpcError } from './ipc-error.ts';
import { fromIpcError, toIpcError, type BugReporter } from './to-ipc-error.ts';

/** What a process needs of the other: Electron's MessagePort-like ends on both sides, a pair in tests. */
export interface MessagePipe {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
}

type Frame =
  | { readonly type: 'call'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly type: 'answer'; readonly id: number; readonly result: Result<unknown> }
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'announce'; readonly name: string; readonly payload: unknown };

/** One handler per call of a table; `signal` aborts when the caller gave up or went away. */
export type CallHandlers<Calls> = {
  readonly [Name in keyof Calls]: Calls[Name] extends { input: infer Input; output: infer Output }
    ? (input: Input, signal: AbortSignal) => Output | Promise<Output>
    : never;
};

export type AnnouncementHandlers<Announcements> = {
  readonly [Name in keyof Announcements]: (payload: Announcements[Name]) => void;
};

/** What this side answers and hears, and where its bugs go. */
export interface LinkSide<Served, Heard> {
  readonly calls: CallHandlers<Served>;
  readonly announcements: AnnouncementHandlers<Heard>;
  readonly reportBug: BugReporter;
}

type AnyHandler = (input: unknown, signal: AbortSignal) => unknown;

export class ProcessLink<Asked extends object, Told extends object, Served, Heard> {
  readonly #pipe: MessagePipe;
  readonly #side: LinkSide<Served, Heard>;
  readonly #asked = new Map<number, (result: Result<unknown>) => void>();
  readonly #serving = new Map<number, AbortController>();
  #nextId = 1;
  #isClosed = false;

  constructor(pipe: MessagePipe, side: LinkSide<Served, Heard>) {
    this.#pipe = pipe;
    this.#side = side;
    pipe.onMessage((message) => {
      this.#receive(message as Frame);
    });
    pipe.onClose(() => {
      this.#close();
    });
  }

  /** Asks the other side; rejects with the AppError that it answered, or when `signal` aborts. */
  async call<Name extends keyof Asked & string>(
    name: Name,
    input: Asked[Name] extends { input: infer Input } ? Input : never,
    signal?: AbortSignal,
  ): Promise<Asked[Name] extends { output: infer Output } ? Output : never> {
    if (this.#isClosed)
      throw new IpcError('ipc/vault-process-ended', `${name}: the pipe is closed`);
    if (signal?.aborted === true) throw new IpcError('ipc/cancelled', `${name}: cancelled`);
    const id = this.#nextId++;
    const cancel = () => {
      this.#pipe.post({ type: 'cancel', id } satisfies Frame);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      const result = await new Promise<Result<unknown>>((resolve) => {
        this.#asked.set(id, resolve);
        this.#pipe.post({ type: 'call', id, name, input } satisfies Frame);
        eraseBytes(input);
      });
      if (!result.ok) throw fromIpcError(result.error);
      return result.value as Asked[Name] extends { output: infer Output } ? Output : never;
    } finally {
      this.#asked.delete(id);
      signal?.removeEventListener('abort', cancel);
    }
  }

  /** Tells the other side; nothing comes back. */
  announce<Name extends keyof Told & string>(name: Name, payload: Told[Name]): void {
    if (!this.#isClosed) this.#pipe.post({ type: 'announce', name, payload } satisfies Frame);
  }

  #receive(frame: Frame): void {
    switch (frame.type) {
      case 'call':
        void this.#serve(frame.id, frame.name, frame.input);
        return;
      case 'answer':
        this.#asked.get(frame.id)?.(frame.result);
        return;
      case 'cancel':
        this.#serving.get(frame.id)?.abort();
        return;
      case 'announce':
        this.#hear(frame.name, frame.payload);
        return;
    }
  }

  async #serve(id: number, name: string, input: unknown): Promise<void> {
    const controller = new AbortController();
    this.#serving.set(id, controller);
    const result = await this.#run(name, input, controller.signal);
    this.#serving.delete(id);
    if (!this.#isClosed) this.#pipe.post({ type: 'answer', id, result } satisfies Frame);
    if (result.ok) eraseBytes(result.value);
  }

  async #run(name: string, input: unknown, signal: AbortSignal): Promise<Result<unknown>> {
    try {
      const handlers = this.#side.calls as unknown as Record<string, AnyHandler>;
      const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
      if (!handler)
        throw new IpcError('ipc/unknown-channel', 'a call that this side does not know');
      return { ok: true, value: await handler(input, signal) };
    } catch (error) {
      return { ok: false, error: toIpcError(error, this.#side.reportBug) };
    }
  }

  #hear(name: string, payload: unknown): void {
    const handlers = this.#side.announcements as unknown as Record<
      string,
      (payload: unknown) => void
    >;
    if (Object.hasOwn(handlers, name)) handlers[name]?.(payload);
  }

  #close(): void {
    this.#isClosed = true;
    const ended: Result<never> = {
      ok: false,
      error: { code: 'ipc/vault-process-ended', details: {} },
    };
    for (const resolve of this.#asked.values()) resolve(ended);
    for (const controller of this.#serving.values()) controller.abort();
  }
}

/** Zeroes the byte arrays directly in `message`: what the keystore guards travels so. What is typed comes sealed. */
export function eraseBytes(message: unknown): void {
  if (typeof message !== 'object' || message === null) return;
  for (const value of Object.values(message)) {
    if (value instanceof Uint8Array) value.fill(0);
  }
}
