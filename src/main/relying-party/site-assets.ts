// What the site serves besides its answers: one page, one sheet, one script, as the build left them.
// SPDX-License-Identifier: MIT

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface SiteAsset {
  readonly bytes: Uint8Array;
  /** Content type. */
  readonly type: string;
}

/** Request path → asset. `/` is the page, in which `%TOKEN%`, `%HOSTNAME%`, `%PORT%` and `%PRETENDS_TO_BE%` are filled in. */
export type SiteAssets = ReadonlyMap<string, SiteAsset>;

const FILES = [
  { path: '/', file: 'index.html', type: 'text/html; charset=utf-8' },
  { path: '/site.css', file: 'site.css', type: 'text/css; charset=utf-8' },
  { path: '/site.js', file: 'site.js', type: 'text/javascript; charset=utf-8' },
] as const;

/** Reads the built site from `folder`. Rejects when a file is missing. */
export async function readSiteAssets(folder: string): Promise<SiteAssets> {
  const entries = FILES.map(async ({ path, file, type }) => {
    const bytes = await readFile(join(folder, file));
    return [path, { bytes, type }] as const;
  });
  return new Map(await Promise.all(entries));
}
