// The judge: a folder after a crash against what was acknowledged before it. It must hold exactly that, or that and
// the one step that was under way, whole; everything else is a loss.
// SPDX-License-Identifier: MIT

import { isAppError } from '../../src/shared/errors.ts';
import { inspect } from './inspect.ts';
import {
  applyChange,
  backupsDiffer,
  type Change,
  differenceOf,
  withBackupsOf,
  type World,
} from './world.ts';

export interface Crashed {
  readonly acknowledged: World;
  /** Announced, and neither acknowledged nor given up. */
  readonly pending: Change | null;
}

export type Judgement =
  | { readonly isSound: true; readonly world: World; readonly tookPending: boolean }
  | { readonly isSound: false; readonly why: string };

export async function judge(
  folder: string,
  { acknowledged, pending }: Crashed,
  look: (folder: string) => Promise<World> = inspect,
): Promise<Judgement> {
  let found: World;
  try {
    found = await look(folder);
  } catch (error) {
    return { isSound: false, why: `does not open: ${nameOf(error)}` };
  }
  const next = pending === null ? acknowledged : applyChange(acknowledged, pending);
  const backups = backupsDiffer(found, acknowledged, next);
  if (backups !== null) return { isSound: false, why: backups };
  const difference = differenceOf(found, acknowledged);
  if (difference === null) {
    return { isSound: true, world: withBackupsOf(acknowledged, found), tookPending: false };
  }
  const other = differenceOf(found, next);
  return other === null
    ? { isSound: true, world: withBackupsOf(next, found), tookPending: true }
    : { isSound: false, why: `neither old (${difference}) nor new (${other})` };
}

/** An error by its code and what it may say, never by content. */
export function nameOf(error: unknown): string {
  if (isAppError(error)) return `${error.code} ${JSON.stringify(error.details)}`;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
