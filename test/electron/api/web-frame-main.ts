// The frame that sent a message. Preloads run in main frames only, so a sender is always one.
// SPDX-License-Identifier: MIT

import { strictObject } from '../page/strict-object.ts';
import { originOf } from './urls.ts';

export interface WebFrameMain {
  readonly url: string;
  readonly origin: string;
  readonly parent: WebFrameMain | null;
  readonly top: WebFrameMain;
  readonly name: string;
  readonly detached: boolean;
  readonly processId: number;
  readonly routingId: number;
  readonly frameTreeNodeId: number;
  isDestroyed: () => boolean;
  send: (channel: string, ...args: unknown[]) => void;
}

interface FrameSource {
  readonly id: number;
  readonly url: () => string;
  readonly isDestroyed: () => boolean;
  readonly send: (channel: string, args: readonly unknown[]) => void;
}

/** The main frame of a window, whose address is read when asked for. */
export function newMainFrame(source: FrameSource): WebFrameMain {
  const frame: WebFrameMain = strictObject('webFrameMain', {
    get url() {
      return source.url();
    },
    get origin() {
      return originOf(source.url());
    },
    parent: null,
    get top() {
      return frame;
    },
    name: '',
    detached: false,
    processId: source.id,
    routingId: 1,
    frameTreeNodeId: source.id,
    isDestroyed: source.isDestroyed,
    send: (channel: string, ...args: unknown[]) => {
      source.send(channel, args);
    },
  });
  return frame;
}
