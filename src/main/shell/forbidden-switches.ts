// Command-line switches with which a packaged Latchkey does not start: each lets another program into its windows.
// SPDX-License-Identifier: MIT

export const FORBIDDEN_SWITCHES = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'js-flags',
  'load-extension',
  'disable-web-security',
  'no-sandbox',
  'proxy-server',
  'proxy-pac-url',
  'host-rules',
  'host-resolver-rules',
  'inspect',
  'inspect-brk',
] as const;

/** The first of them that was given, or null. */
export function forbiddenSwitch(hasSwitch: (name: string) => boolean): string | null {
  return FORBIDDEN_SWITCHES.find((name) => hasSwitch(name)) ?? null;
}
