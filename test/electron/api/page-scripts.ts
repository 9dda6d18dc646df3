// Builds the two scripts that run before a page's own: the facade of the main world, and the preload with the module
// that it may require. They are the TypeScript files of `page/`, types stripped, put one after the other.
// SPDX-License-Identifier: MIT

import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { Script } from 'node:vm';
import type { IsolatedWorldSettings } from '../page/isolated-world.ts';

const MAIN_WORLD = ['world-bridge.ts', 'main-world.ts'];
const ISOLATED_WORLD = [
  'strict-object.ts',
  'clone.ts',
  'emitter.ts',
  'keys.ts',
  'world-bridge.ts',
  'isolated-world.ts',
];

/** The isolated world in which preloads run. */
export const PRELOAD_WORLD = 'Electron Isolated Context';

function inlined(files: readonly string[]): string {
  return files
    .map((file) => readFileSync(new URL(`../page/${file}`, import.meta.url), 'utf8'))
    .map((source) => stripTypeScriptTypes(source))
    .map((source) => source.replaceAll(/^import\b[^;]*;/gm, '').replaceAll(/^export /gm, ''))
    .join('\n');
}

const mainWorldSource = inlined(MAIN_WORLD);
const isolatedWorldSource = inlined(ISOLATED_WORLD);

/**
 * DevTools runs such scripts everywhere; only the top frame of a page that a handler served gets these. No other page
 * can be https, since no request leaves the machine.
 */
function guarded(body: string): string {
  return `(() => {\nif (window !== window.top || location.protocol !== 'https:') return;\n${body}\n})();`;
}

export function mainWorldScript(meeting: string): string {
  return guarded(`${mainWorldSource}\nstartMainWorld(${JSON.stringify(meeting)});`);
}

export function isolatedWorldScript(
  settings: IsolatedWorldSettings,
  preloadSource: string | null,
): string {
  const wrapped = preloadSource === null ? 'null' : wrapPreload(preloadSource);
  // The preload stands outside the inlined functions, so that it sees none of them.
  return guarded(
    `const preload = ${wrapped};\n((preload) => {\n${isolatedWorldSource}\n` +
      `startIsolatedWorld(${JSON.stringify(settings)}, preload);\n})(preload);`,
  );
}

/** In a function of its own within, where a preload may begin with 'use strict' and declare what it likes. */
function wrapPreload(source: string): string {
  const scope = '{ require, module, exports, process, Buffer, global }';
  return `function (${scope}) { (function () {${source}\n}).call(undefined); }`;
}

/** A preload that does not parse would take the whole script with it. */
export function readPreload(path: string): { source: string } | { error: Error } {
  try {
    const source = readFileSync(path, 'utf8');
    new Script(`(${wrapPreload(source)})`, { filename: path });
    return { source };
  } catch (error) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }
}
