// The base of everything in the stand-in that emits events: an event or a member that is not offered throws.
// SPDX-License-Identifier: MIT

import { EventEmitter } from 'node:events';
import { strictPrototype } from '../page/strict-object.ts';

type EventName = string | symbol;
export type Listener = Parameters<EventEmitter['on']>[1];

const names = new WeakMap<object, string>();

/** What kind of thing `instance` is, for messages. */
function nameOf(instance: object): string {
  return names.get(instance) ?? instance.constructor.name;
}

export class StrictEmitter extends EventEmitter {
  readonly #name: string;
  readonly #events: ReadonlySet<EventName>;

  /** `name` is how Electron calls the object; `events` are those that may be listened to. */
  constructor(name: string, events: readonly string[]) {
    super();
    names.set(this, name);
    this.#name = name;
    this.#events = new Set(events);
  }

  override on(event: EventName, listener: Listener): this {
    return super.on(this.#offered(event), listener);
  }

  override addListener(event: EventName, listener: Listener): this {
    return super.addListener(this.#offered(event), listener);
  }

  override prependListener(event: EventName, listener: Listener): this {
    return super.prependListener(this.#offered(event), listener);
  }

  #offered(event: EventName): EventName {
    if (this.#events.has(event) || event === 'newListener' || event === 'removeListener') {
      return event;
    }
    throw new Error(`not implemented in the stand-in: ${this.#name}.on('${String(event)}')`);
  }
}

Object.setPrototypeOf(StrictEmitter.prototype, strictPrototype(nameOf, EventEmitter.prototype));

/** Makes unknown static members of `type` throw too. */
export function strictStatics<T extends object>(name: string, type: T): T {
  const parent = Object.getPrototypeOf(type) as object;
  return Object.setPrototypeOf(type, strictPrototype(name, parent)) as T;
}

/** The first argument of Electron's listeners: what can be prevented, and what it is about. */
export interface StandInEvent {
  preventDefault: () => void;
  readonly defaultPrevented: boolean;
}

export function newEvent<T extends object>(details: T): T & StandInEvent {
  let prevented = false;
  return Object.defineProperty(
    Object.assign(Object.create(null) as object, details, {
      preventDefault: () => {
        prevented = true;
      },
    }),
    'defaultPrevented',
    { get: () => prevented, enumerable: true },
  ) as T & StandInEvent;
}
