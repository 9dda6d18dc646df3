// The one change that the stand-in makes to a page's Content-Security-Policy: its IPC address among `connect-src`,
// since a policy holds for isolated worlds too. Everything else of the policy stays as the application sent it.
// SPDX-License-Identifier: MIT

import { IPC_ORIGIN } from './urls.ts';

/** What is appended to `connect-src`; must not be found in any policy that is shipped. */
export const ADDED_CONNECT_SOURCE = IPC_ORIGIN;

/** `policy` (one or several, comma separated) with the source added to each. */
export function withIpcAllowed(policy: string): string {
  return policy.split(',').map(onePolicy).join(',');
}

function onePolicy(policy: string): string {
  const directives = policy.split(';').map((text) => text.trim());
  const index = directives.findIndex((text) => /^connect-src\b/i.test(text));
  if (index >= 0) {
    directives[index] = addSource(directives[index] ?? '');
  } else {
    const fallback = directives.find((text) => /^default-src\b/i.test(text));
    if (fallback !== undefined) {
      directives.push(addSource(fallback.replace(/^default-src/i, 'connect-src')));
    }
  }
  return directives.filter((text) => text !== '').join('; ');
}

function addSource(directive: string): string {
  return `${directive.replace(/\s*'none'/i, '')} ${ADDED_CONNECT_SOURCE}`;
}

/** The same for policies that a page declares in a `<meta>` element. */
export function withIpcAllowedInHtml(html: string): string {
  return html.replaceAll(/<meta\b[^>]*>/gi, (meta) => {
    if (!/http-equiv\s*=\s*["']?content-security-policy["'\s>]/i.test(meta)) return meta;
    return meta.replace(
      /(\bcontent\s*=\s*)(?:"([^"]*)"|'([^']*)')/i,
      (_whole, name: string, double: string | undefined, single: string | undefined) =>
        double === undefined
          ? `${name}"${withIpcAllowed(single ?? '')}"`
          : `${name}"${withIpcAllowed(double)}"`,
    );
  });
}
