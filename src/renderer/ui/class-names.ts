// Joins class names of CSS Modules; what is missing or false leaves no trace.
// SPDX-License-Identifier: MIT

export function classNames(...names: readonly (string | false | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
