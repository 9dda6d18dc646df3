// Bundles a child program into one file: a Node that reads forty modules from source takes five times as long to start
// as one that reads a single one, and a thousand of them are killed.
// SPDX-License-Identifier: MIT

import { basename, join, resolve } from 'node:path';
import { build } from 'vite';

const OUT = resolve(import.meta.dirname, '../../out/torture/programs');
/** Native code and its like stay where they are installed. */
const EXTERNAL = ['better-sqlite3', 'argon2', 'libsodium-wrappers'];

/** The path of the bundle of `entry`. */
export async function bundleProgram(entry: string): Promise<string> {
  const name = basename(entry, '.ts');
  const outDir = join(OUT, name);
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      outDir,
      target: 'node24',
      emptyOutDir: true,
      minify: false,
      rolldownOptions: { external: EXTERNAL },
    },
  });
  return join(outDir, `${name}.js`);
}

/** Where compiled code of the programs is kept between their starts. */
export const COMPILE_CACHE = join(OUT, 'cache');
