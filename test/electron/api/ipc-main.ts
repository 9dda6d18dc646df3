// ipcMain: handlers by channel, and what an `invoke` from a page comes back with.
// SPDX-License-Identifier: MIT

import { strictObject } from '../page/strict-object.ts';
import { newEvent } from './strict-emitter.ts';
import type { WebContents } from './web-contents.ts';
import type { WebFrameMain } from './web-frame-main.ts';

type InvokeHandler = (event: never, ...args: never[]) => unknown;

const handlers = new Map<string, InvokeHandler>();

export const ipcMain = strictObject('ipcMain', {
  handle(channel: string, listener: InvokeHandler): void {
    if (handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    if (typeof listener !== 'function') {
      throw new TypeError(`Expected handler to be a function, but found type '${typeof listener}'`);
    }
    handlers.set(channel, listener);
  },
  removeHandler(channel: string): void {
    handlers.delete(channel);
  },
});

/** Runs the handler of `channel`; a failure is worded as Electron words it for the page. */
export async function dispatchInvoke(
  sender: WebContents,
  senderFrame: WebFrameMain,
  channel: string,
  args: readonly unknown[],
): Promise<unknown> {
  const handler = handlers.get(channel);
  try {
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    const event = newEvent({
      type: 'frame',
      sender,
      senderFrame,
      frameId: 1,
      processId: senderFrame.processId,
    });
    return await handler(event as never, ...(args as never[]));
  } catch (error) {
    throw new Error(`Error invoking remote method '${channel}': ${String(error)}`);
  }
}
