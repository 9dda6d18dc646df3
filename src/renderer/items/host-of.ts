// The host of a web address for reading; the text itself where it is no address.
// SPDX-License-Identifier: MIT

export function hostOf(url: string): string {
  const withScheme = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `https://${url}`;
  return (URL.canParse(withScheme) ? new URL(withScheme).host : '') || url;
}
