// What the operating system calls a failure, from the error that Node made of it.
// SPDX-License-Identifier: MIT

/** Such as `ENOENT`; `unknown` where the error is of another kind. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
