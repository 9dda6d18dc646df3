// Electron's protocol module: schemes declared before the application is ready, and for each session the handlers that
// answer their requests with fetch's Request and Response.
// SPDX-License-Identifier: MIT

import type { CustomScheme } from 'electron';
import { strictObject } from '../page/strict-object.ts';
import { registerScheme } from './urls.ts';

export type ProtocolHandler = (request: Request) => Response | Promise<Response>;

export class ProtocolRegistry {
  readonly #handlers = new Map<string, ProtocolHandler>();

  handlerOf(scheme: string): ProtocolHandler | undefined {
    return this.#handlers.get(scheme);
  }

  readonly api = strictObject('session.protocol', {
    handle: (scheme: string, handler: ProtocolHandler): void => {
      if (this.#handlers.has(scheme)) {
        throw new Error(`Failed to register protocol: ${scheme}`);
      }
      registerScheme(scheme);
      this.#handlers.set(scheme, handler);
    },
    unhandle: (scheme: string): void => {
      if (!this.#handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`);
    },
    isProtocolHandled: (scheme: string): boolean => this.#handlers.has(scheme),
  });
}

/** `protocol` of the module: the default session's, and the declaration of schemes. */
export function newProtocolModule(registry: ProtocolRegistry, isReady: () => boolean) {
  return strictObject('protocol', {
    ...registry.api,
    registerSchemesAsPrivileged: (customSchemes: readonly CustomScheme[]): void => {
      if (isReady()) {
        throw new Error(
          'protocol.registerSchemesAsPrivileged should be called before app is ready',
        );
      }
      for (const { scheme, privileges } of customSchemes) {
        if (privileges?.standard !== true || privileges.secure !== true) {
          throw new Error(
            `not implemented in the stand-in: a scheme that is not standard and secure (${scheme})`,
          );
        }
        registerScheme(scheme);
      }
    },
  });
}
