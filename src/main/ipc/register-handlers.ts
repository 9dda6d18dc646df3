// The only door to ipcMain. Every request passes, in this order: sender, channel, lock rule, input, handler, envelope.
// The renderer is the least trusted process we have; each refusal says which of the steps it failed.
// SPDX-License-Identifier: MIT

import { ipcMain, type IpcMainInvokeEvent } from 'electron/main';
import type { Result } from '../../shared/errors.ts';
import {
  requests,
  type Channel,
  type ChannelOwnedBy,
  type InputOf,
  type LockRule,
  type OutputOf,
  type WindowKind,
} from '../../shared/ipc/requests.ts';
import { IpcError } from '../link/ipc-error.ts';
import { eraseBytes } from '../link/process-link.ts';
import { toIpcError, type BugReporter } from '../link/to-ipc-error.ts';

/** A handler of the main process; `sender` is the id of the asking window's web contents. */
export type MainHandlers = {
  readonly [C in ChannelOwnedBy<'main'>]: (
    input: InputOf<C>,
    sender: number,
  ) => OutputOf<C> | Promise<OutputOf<C>>;
};

/** Sends a request on to the vault process. */
export type Forward = <C extends ChannelOwnedBy<'vault'>>(
  channel: C,
  input: InputOf<C>,
) => Promise<OutputOf<C>>;

export interface Doorway {
  /** The kind of the living window of ours that has these web contents; null for anything else. */
  kindOf(webContentsId: number): WindowKind | null;
  isUnlocked(): boolean;
  readonly handlers: MainHandlers;
  readonly forward: Forward;
  readonly reportBug: BugReporter;
}

/** What the door looks at of an event; Electron's own has more. */
export interface SenderView {
  readonly webContentsId: number;
  /** Null when the frame is gone already. */
  readonly frameUrl: string | null;
  readonly isTopFrame: boolean;
}

/** Registers every channel of the table. Call once, before the first window. */
export function registerHandlers(doorway: Doorway): void {
  for (const channel of Object.keys(requests) as Channel[]) {
    ipcMain.handle(channel, (event, input: unknown) =>
      answerRequest(doorway, channel, viewSender(event), input),
    );
  }
}

function viewSender(event: IpcMainInvokeEvent): SenderView {
  const frame = event.senderFrame;
  return {
    webContentsId: event.sender.id,
    frameUrl: frame?.url ?? null,
    isTopFrame: frame !== null && frame.parent === null,
  };
}

/** One request from sender to envelope; exported for the tests, which have no Electron. */
export async function answerRequest(
  doorway: Doorway,
  channel: Channel,
  sender: SenderView,
  input: unknown,
): Promise<Result<unknown>> {
  try {
    assertSender(doorway, channel, sender);
    assertLockRule(requests[channel].lock, doorway.isUnlocked());
    const parsed = parseInput(channel, input);
    return { ok: true, value: await dispatch(doorway, channel, parsed, sender.webContentsId) };
  } catch (error) {
    eraseBytes(input);
    return { ok: false, error: toIpcError(error, doorway.reportBug) };
  }
}

function assertSender(doorway: Doorway, channel: Channel, sender: SenderView): void {
  const kind = doorway.kindOf(sender.webContentsId);
  const isOurs =
    kind !== null && sender.isTopFrame && sender.frameUrl === `app://latchkey/${kind}.html`;
  const allowed: readonly WindowKind[] = requests[channel].windows;
  if (!isOurs || !allowed.includes(kind)) {
    throw new IpcError('ipc/forbidden', 'a sender that may not call this channel');
  }
}

function assertLockRule(rule: LockRule, isUnlocked: boolean): void {
  if (rule === 'unlocked' && !isUnlocked) {
    throw new IpcError('ipc/forbidden', 'the vault is locked', { details: { needs: 'unlocked' } });
  }
  if (rule === 'locked' && isUnlocked) {
    throw new IpcError('ipc/forbidden', 'the vault is unlocked', { details: { needs: 'locked' } });
  }
}

function parseInput(channel: Channel, input: unknown): unknown {
  const parsed = requests[channel].input.safeParse(input);
  if (parsed.success) return parsed.data;
  const path = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
  throw new IpcError('ipc/invalid-input', `${channel}: input refused at "${path}"`, {
    details: { channel, path },
  });
}

async function dispatch(
  doorway: Doorway,
  channel: Channel,
  input: unknown,
  sender: number,
): Promise<unknown> {
  if (isOwnedByVault(channel)) return doorway.forward(channel, input as never);
  const handler = doorway.handlers[channel] as (input: unknown, sender: number) => unknown;
  return handler(input, sender);
}

function isOwnedByVault(channel: Channel): channel is ChannelOwnedBy<'vault'> {
  return requests[channel].owner === 'vault';
}
