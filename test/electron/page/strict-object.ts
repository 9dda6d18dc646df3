// An object on which everything unknown throws, so that the use of an API that the stand-in lacks is seen at once.
// SPDX-License-Identifier: MIT

/** Names that engines, promises and printers ask every object for. */
const ASKED_OF_EVERYTHING: ReadonlySet<PropertyKey> = new Set([
  'then',
  'toJSON',
  '__esModule',
  'default',
  'nodeType',
  'asymmetricMatch',
]);

/** A prototype below which nothing is found silently: `parent` is what objects of the kind do inherit. */
export function strictPrototype(
  name: string | ((receiver: object) => string),
  parent: object,
): object {
  const refuse = (receiver: unknown, key: PropertyKey): never => {
    const owner = typeof name === 'string' ? name : name(receiver as object);
    throw new Error(`not implemented in the stand-in: ${owner}.${String(key)}`);
  };
  return new Proxy(parent, {
    get(target, key, receiver): unknown {
      if (key in target) return Reflect.get(target, key, receiver);
      if (typeof key === 'symbol' || ASKED_OF_EVERYTHING.has(key)) return undefined;
      return refuse(receiver, key);
    },
    set(target, key, value, receiver): boolean {
      if (key in target || typeof key === 'symbol' || key.startsWith('_')) {
        return Reflect.set(target, key, value, receiver);
      }
      return refuse(receiver, key);
    },
  });
}

/** Makes `members` strict in place: its own members may be read and replaced, nothing else touched. */
export function strictObject<T extends object>(name: string, members: T): T {
  return Object.setPrototypeOf(members, strictPrototype(name, Object.prototype)) as T;
}
