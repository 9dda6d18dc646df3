// Links out of the vault: web addresses alone, and only after the person has seen the host. A page that was not asked for
// must never come up by itself.
// SPDX-License-Identifier: MIT

import { AppError } from '../../shared/errors.ts';

export interface LinkPorts {
  readonly confirm: (link: {
    readonly host: string;
    readonly isEncrypted: boolean;
  }) => Promise<boolean>;
  readonly open: (url: string) => Promise<void>;
}

/** False where the person said no. Throws `ipc/invalid-input` for what is no web address. */
export async function openLink(text: string, ports: LinkPorts): Promise<boolean> {
  const url = toWebUrl(text);
  if (url === null) throw new AppError('ipc/invalid-input', 'not a web address');
  const isEncrypted = url.protocol === 'https:';
  if (!(await ports.confirm({ host: url.host, isEncrypted }))) return false;
  await ports.open(url.href);
  return true;
}

/** As a person writes it, with or without its scheme; null for anything that a browser should not be handed. */
function toWebUrl(text: string): URL | null {
  const hasScheme = /^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[^/?#]*:\d+([/?#]|$)/.test(text);
  const url = URL.parse(hasScheme ? text : `https://${text}`);
  if (url === null || url.hostname === '') return null;
  if (url.username !== '' || url.password !== '') return null;
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : null;
}
