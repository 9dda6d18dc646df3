// The log: codes and names of bugs on standard error, never a message, a value or a stack that could hold a secret.
// SPDX-License-Identifier: MIT

import { isAppError } from '../../shared/errors.ts';

/** Writes one line about a bug: the kind of error and where in our code it was thrown, nothing of its text. */
export function reportBug(error: unknown): void {
  const kind = isAppError(error)
    ? error.code
    : error instanceof Error
      ? error.name
      : 'thrown value';
  process.stderr.write(`latchkey: bug: ${kind}${placeOf(error)}\n`);
}

/** File and line of the topmost frame: a stack's first line holds the message, so it is left out. */
function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const frame = error.stack?.split('\n').find((line) => line.trimStart().startsWith('at '));
  const place = /([\w.-]+:\d+:\d+)\)?$/.exec(frame ?? '');
  return place?.[1] === undefined ? '' : ` at ${place[1]}`;
}
