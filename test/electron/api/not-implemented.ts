// What the stand-in says when something of Electron is used that it does not have.
// SPDX-License-Identifier: MIT

import { strictPrototype } from '../page/strict-object.ts';

export function notImplemented(what: string): Error {
  return new Error(`not implemented in the stand-in: ${what}`);
}

/** An export of Electron that the stand-in lacks altogether: it can be imported, not used. */
export function absent(name: string): object {
  const refuse = (): never => {
    throw notImplemented(name);
  };
  return new Proxy(Object.setPrototypeOf(refuse, strictPrototype(name, Function.prototype)), {
    construct: refuse,
    apply: refuse,
    get: (target, key): unknown =>
      typeof key === 'symbol' || key === 'then'
        ? undefined
        : (Reflect.get(target, key) ?? refuse()),
  }) as object;
}
