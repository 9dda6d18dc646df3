// Custom schemes at the border to Chromium. It refuses to load app://latchkey/…, so such an address becomes
// https://latchkey/… inside, where every request is intercepted, and turns back into app:// for the application.
// SPDX-License-Identifier: MIT

/** Where the page's isolated world posts its messages; intercepted, never resolved. */
export const IPC_ORIGIN = 'https://ipc.latchkey';

const schemes = new Set<string>();
const schemeOfHost = new Map<string, string>();

/** Makes `scheme` one whose addresses are translated. */
export function registerScheme(scheme: string): void {
  schemes.add(scheme);
}

function parts(url: string): RegExpExecArray | null {
  return /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(url);
}

/** The address under which Chromium loads `url`. */
export function toInternalUrl(url: string): string {
  const [, scheme = '', host = '', rest = ''] = parts(url) ?? [];
  if (!schemes.has(scheme)) return url;
  schemeOfHost.set(host, scheme);
  return `https://${host}${rest === '' ? '/' : rest}`;
}

/** The address as the application knows it. */
export function toExternalUrl(url: string): string {
  const [, scheme = '', host = '', rest = ''] = parts(url) ?? [];
  const custom = scheme === 'https' ? schemeOfHost.get(host) : undefined;
  return custom === undefined ? url : `${custom}://${host}${rest}`;
}

/** As Chromium would print the origin of `url` if it knew the scheme. */
export function originOf(url: string): string {
  const [, scheme = '', host = ''] = parts(url) ?? [];
  return schemes.has(scheme)
    ? `${scheme}://${host}`
    : URL.canParse(url)
      ? new URL(url).origin
      : 'null';
}

export function schemeOf(url: string): string {
  return /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? '';
}
