// A main side for one window, typed by the table: channels that a test does not answer fail it, events are sent by hand.
// SPDX-License-Identifier: MIT

import type { ErrorCode, ErrorDetails, Result } from '../../../src/shared/errors.ts';
import type { EventFor, EventPayloads } from '../../../src/shared/ipc/events.ts';
import type { WindowKind } from '../../../src/shared/ipc/requests.ts';
import type { TypedVaultApi, VaultEvents } from '../../../src/shared/ipc/window-api.ts';
import { toApi, type Connection } from '../../../src/renderer/api.ts';

export function ok<T>(value: T): Promise<Result<T>> {
  return Promise.resolve({ ok: true, value });
}

export function refuse<T>(code: ErrorCode, details: ErrorDetails = {}): Promise<Result<T>> {
  return Promise.resolve({ ok: false, error: { code, details } });
}

/** Thrown inside a fake where the main side would refuse. */
export class FakeRefusal extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    super(code);
    this.code = code;
    this.details = details;
  }
}

/** What the main side says to some of what a window of the kind asks. */
export type FakeAnswers<W extends WindowKind> = Partial<TypedVaultApi<W>>;

export interface FakeConnection<W extends WindowKind> extends Connection<W> {
  readonly emit: <E extends EventFor<W>>(name: E, payload: EventPayloads[E]) => void;
}

export function fakeConnection<W extends WindowKind>(answers: FakeAnswers<W>): FakeConnection<W> {
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const of = (name: string) => {
    const set = listeners.get(name) ?? new Set();
    listeners.set(name, set);
    return set;
  };
  const api = new Proxy(toApi(answers as TypedVaultApi<W>), {
    get: (target, channel) => {
      const call: unknown = Reflect.get(target, channel);
      if (call !== undefined) return call;
      return () => {
        throw new Error(`the test gives no answer to ${String(channel)}`);
      };
    },
  });
  const events = new Proxy({} as VaultEvents<W>, {
    get: (_target, name) => (listener: (payload: unknown) => void) => {
      of(String(name)).add(listener);
      return () => of(String(name)).delete(listener);
    },
  });
  return {
    api,
    events,
    platform: { os: 'linux' },
    emit: (name, payload) => {
      for (const listener of of(name)) listener(payload);
    },
  };
}
