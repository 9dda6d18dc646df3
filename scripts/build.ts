// Builds the app into dist/: main and vault process (ESM), one preload per kind of window (CommonJS, one file each, with
// its channel names from the table), the renderer's pages and the test site's page.
// SPDX-License-Identifier: MIT

import { cpSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { build, type InlineConfig } from 'vite';
import { eventsFor } from '../src/shared/ipc/events.ts';
import { channelsFor, WINDOW_KINDS, type WindowKind } from '../src/shared/ipc/requests.ts';

const root = resolve(import.meta.dirname, '..');
const dist = join(root, 'dist');

/** Stays outside the bundles: native code finds its binary beside its own files. */
const NATIVE = ['argon2', 'better-sqlite3'];
const ELECTRON = ['electron', 'electron/main', 'electron/renderer', 'electron/common'];
const NODE = [...builtinModules, ...builtinModules.map((name) => `node:${name}`)];

const common: InlineConfig = { root, configFile: false, logLevel: 'warn' };

function mainConfig(): InlineConfig {
  return {
    ...common,
    ssr: { noExternal: true, external: [...ELECTRON, ...NATIVE] },
    build: {
      ssr: true,
      target: 'node24',
      outDir: join(dist, 'main'),
      emptyOutDir: true,
      minify: false,
      rolldownOptions: {
        input: {
          main: join(root, 'src/main/main.ts'),
          'vault-process': join(root, 'src/main/vault-process.ts'),
          'strength-thread': join(root, 'src/main/health/strength-thread.ts'),
        },
        external: [...ELECTRON, ...NATIVE, ...NODE],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunk-[hash].js' },
      },
    },
  };
}

function preloadConfig(kind: WindowKind): InlineConfig {
  return {
    ...common,
    define: {
      __CHANNELS__: JSON.stringify(channelsFor(kind)),
      __EVENTS__: JSON.stringify(eventsFor(kind)),
    },
    build: {
      target: 'es2023',
      outDir: join(dist, 'preload'),
      emptyOutDir: false,
      minify: false,
      lib: {
        entry: join(root, 'src/main/preload/preload.ts'),
        formats: ['cjs'],
        fileName: () => `${kind}.cjs`,
      },
      rolldownOptions: { external: ELECTRON },
    },
  };
}

function rendererConfig(): InlineConfig {
  const pages = WINDOW_KINDS.map((kind) => [kind, join(root, `src/renderer/${kind}.html`)]);
  return {
    ...common,
    root: join(root, 'src/renderer'),
    base: '/',
    plugins: [react()],
    build: {
      target: 'chrome140',
      outDir: join(dist, 'renderer'),
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 4096,
      rolldownOptions: { input: Object.fromEntries(pages) as Record<string, string> },
    },
  };
}

function siteConfig(): InlineConfig {
  return {
    ...common,
    build: {
      target: 'es2023',
      outDir: join(dist, 'site'),
      emptyOutDir: false,
      lib: {
        entry: join(root, 'src/main/relying-party/pages/site.ts'),
        formats: ['es'],
        fileName: () => 'site.js',
      },
    },
  };
}

function copySitePages(): void {
  const pages = join(root, 'src/main/relying-party/pages');
  cpSync(pages, join(dist, 'site'), {
    recursive: true,
    filter: (source) => !source.endsWith('.ts'),
  });
}

/** Builds everything anew. */
export async function buildAll(): Promise<void> {
  rmSync(dist, { recursive: true, force: true });
  await build(mainConfig());
  for (const kind of WINDOW_KINDS) await build(preloadConfig(kind));
  await build(rendererConfig());
  await build(siteConfig());
  copySitePages();
}

if (import.meta.main) await buildAll();
