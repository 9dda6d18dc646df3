// What Electron's contextBridge does between a page's main world and its preload's isolated world: values are copied,
// functions and promises are proxied, synchronously. Both worlds run this; a node that only they hold joins them.
// SPDX-License-Identifier: MIT

type Wire = readonly [kind: string, content?: unknown];

export type BridgeMessage =
  | { readonly kind: 'call'; readonly id: number; readonly args: readonly Wire[] }
  | { readonly kind: 'settle'; readonly id: number; readonly ok: boolean; readonly value: Wire }
  | { readonly kind: 'expose'; readonly key: string; readonly value: Wire };

type Reply =
  { readonly ok: true; readonly value: Wire } | { readonly ok: false; readonly message: string };

type AnyFunction = (...args: readonly unknown[]) => unknown;

export interface WorldBridge {
  /** Sends and gets the other world's answer, or throws what was thrown there. */
  readonly ask: (message: BridgeMessage) => unknown;
  readonly toWire: (value: unknown) => Wire;
}

const MAX_DEPTH = 1000;

/** `onExpose` is what the main world does with an exposed interface. */
export function newWorldBridge(
  node: EventTarget,
  names: { readonly send: string; readonly receive: string },
  onExpose: (key: string, value: unknown) => void,
): WorldBridge {
  // Taken now, before any script of the page could replace them.
  const dispatch = EventTarget.prototype.dispatchEvent.bind(node);
  const Message = CustomEvent;
  const local = { functions: new Map<number, AnyFunction>(), ids: new Map<AnyFunction, number>() };
  const promises = new Map<number, { resolve: AnyFunction; reject: AnyFunction }>();
  const replies: (Reply | null)[] = [];
  let lastId = 0;

  function emit(detail: unknown): void {
    dispatch(new Message(names.send, { detail }));
  }

  function ask(message: BridgeMessage): unknown {
    replies.push(null);
    emit(message);
    const reply = replies.pop();
    if (reply === null || reply === undefined) throw new Error('the other world does not answer');
    if (!reply.ok) throw new Error(reply.message);
    return fromWire(reply.value);
  }

  function toWire(value: unknown, depth = 0): Wire {
    if (depth > MAX_DEPTH) {
      throw new Error(
        'Electron contextBridge recursion depth exceeded.  Nested objects deeper than 1000 are not supported.',
      );
    }
    if (typeof value === 'symbol') throw new Error('An object could not be cloned.');
    if (typeof value === 'function') return ['function', idOf(value as AnyFunction)];
    if (typeof value !== 'object' || value === null) return ['value', value];
    if (value instanceof Promise) return ['promise', follow(value)];
    if (value instanceof Error) return ['error', value.message];
    if (Array.isArray(value)) return ['array', value.map((entry) => toWire(entry, depth + 1))];
    if (isClonedWhole(value)) return ['value', value];
    return ['object', Object.entries(value).map(([k, v]) => [k, toWire(v, depth + 1)])];
  }

  function fromWire([kind, content]: Wire): unknown {
    switch (kind) {
      case 'function':
        return (...args: readonly unknown[]) =>
          ask({ kind: 'call', id: content as number, args: args.map((arg) => toWire(arg)) });
      case 'promise':
        return new Promise((resolve, reject) => {
          promises.set(content as number, { resolve, reject });
        });
      case 'error':
        return new Error(content as string);
      case 'array':
        return (content as readonly Wire[]).map(fromWire);
      case 'object':
        return Object.fromEntries(
          (content as readonly [string, Wire][]).map(([k, v]) => [k, fromWire(v)]),
        );
      default:
        return content;
    }
  }

  function idOf(action: AnyFunction): number {
    const known = local.ids.get(action);
    if (known !== undefined) return known;
    const id = ++lastId;
    local.ids.set(action, id);
    local.functions.set(id, action);
    return id;
  }

  function follow(promise: Promise<unknown>): number {
    const id = ++lastId;
    promise
      .then(
        (value) => ask({ kind: 'settle', id, ok: true, value: toWire(value) }),
        (error: unknown) => ask({ kind: 'settle', id, ok: false, value: toWire(error) }),
      )
      .catch(() => undefined);
    return id;
  }

  function answer(message: BridgeMessage): unknown {
    switch (message.kind) {
      case 'call':
        return local.functions.get(message.id)?.(...message.args.map(fromWire));
      case 'settle': {
        const waiting = promises.get(message.id);
        promises.delete(message.id);
        const settle = message.ok ? waiting?.resolve : waiting?.reject;
        settle?.(fromWire(message.value));
        return undefined;
      }
      case 'expose':
        onExpose(message.key, fromWire(message.value));
        return undefined;
    }
  }

  node.addEventListener(names.receive, (event) => {
    const { detail } = event as CustomEvent<BridgeMessage | { kind: 'reply'; reply: Reply }>;
    if (detail.kind === 'reply') replies[replies.length - 1] = detail.reply;
    else emit({ kind: 'reply', reply: replyTo(detail) });
  });

  function replyTo(message: BridgeMessage): Reply {
    try {
      return { ok: true, value: toWire(answer(message)) };
    } catch (error) {
      return { ok: false, message: error instanceof Error ? error.message : String(error) };
    }
  }

  return { ask, toWire };
}

/** Kinds that a structured clone carries whole; cloned here first so that what cannot be cloned throws at once. */
function isClonedWhole(value: object): boolean {
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return true;
  if (value instanceof Date || value instanceof RegExp) return true;
  if (value instanceof Map || value instanceof Set) {
    structuredClone(value);
    return true;
  }
  const tag = Object.prototype.toString.call(value);
  if (tag === '[object Object]') return false;
  throw new Error(`not implemented in the stand-in: ${tag} over the contextBridge`);
}
