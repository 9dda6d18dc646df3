// The two file descriptors of `--remote-debugging-pipe=cbor`: cuts what Chromium writes into messages and writes
// ours. Every buffer that held a message is zeroed when the message was handled, for a message may hold a secret.
// SPDX-License-Identifier: MIT

import type { Readable, Writable } from 'node:stream';
import { decodeMessage, encodeMessage, ENVELOPE_HEADER_LENGTH, messageLength } from './cbor.ts';

/** `request.postData` repeats `postDataEntries` as a string, which could never be erased. */
const NEVER_DECODED: ReadonlySet<string> = new Set(['postData']);

export type PipeMessage = Readonly<Record<string, unknown>>;

/** Sees every raw message before it is zeroed; the tests look through it for what must not be there. */
export type PipeTap = (direction: 'sent' | 'received', bytes: Uint8Array) => void;

export class MessagePipe {
  readonly #output: Writable;
  readonly #onMessage: (message: PipeMessage) => void;
  readonly #tap: PipeTap | undefined;
  #chunks: Uint8Array[] = [];
  #available = 0;

  constructor(
    output: Writable,
    input: Readable,
    onMessage: (message: PipeMessage) => void,
    tap?: PipeTap,
  ) {
    this.#output = output;
    this.#onMessage = onMessage;
    this.#tap = tap;
    input.on('data', (chunk: Uint8Array) => {
      this.#receive(chunk);
    });
    // A pipe to a process that is going away breaks; the process's own exit event tells.
    output.on('error', () => undefined);
    input.on('error', () => undefined);
  }

  send(message: PipeMessage): void {
    const bytes = encodeMessage(message);
    this.#tap?.('sent', bytes);
    this.#output.write(bytes, () => bytes.fill(0));
  }

  #receive(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#available += chunk.length;
    for (;;) {
      const length = this.#pendingLength();
      if (length === null || this.#available < length) return;
      this.#handle(this.#take(length));
    }
  }

  #handle(bytes: Uint8Array): void {
    try {
      this.#tap?.('received', bytes);
      this.#onMessage(decodeMessage(bytes, NEVER_DECODED));
    } finally {
      bytes.fill(0);
    }
  }

  #pendingLength(): number | null {
    if (this.#available < ENVELOPE_HEADER_LENGTH) return null;
    const header = new Uint8Array(ENVELOPE_HEADER_LENGTH);
    let filled = 0;
    for (const chunk of this.#chunks) {
      const part = chunk.subarray(0, ENVELOPE_HEADER_LENGTH - filled);
      header.set(part, filled);
      filled += part.length;
      if (filled === ENVELOPE_HEADER_LENGTH) break;
    }
    return messageLength(header);
  }

  /** Copies the first `length` bytes out of the chunks and zeroes them there. */
  #take(length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      const chunk = this.#chunks[0];
      if (chunk === undefined) throw new Error('DevTools pipe: counted more than it holds');
      const part = chunk.subarray(0, length - filled);
      bytes.set(part, filled);
      filled += part.length;
      if (part.length === chunk.length) this.#chunks.shift();
      else this.#chunks[0] = chunk.subarray(part.length);
      part.fill(0);
    }
    this.#available -= length;
    return bytes;
  }
}
