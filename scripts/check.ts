// `npm run check`: everything that needs no browser. Static checks first, the unit and integration tests after them.
// SPDX-License-Identifier: MIT

import { runParts, type Part } from './parts.ts';

export const checkParts: readonly Part[] = [
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'types', command: ['tsc', '-b'] },
  // No cache: what one file's types say depends on the others.
  { name: 'lint', command: ['eslint', '--max-warnings', '0', '.'] },
  { name: 'layers', command: ['depcruise', '--config', '.dependency-cruiser.cjs', 'src'] },
  { name: 'unused', command: ['knip'] },
  { name: 'unit', command: ['vitest', 'run'] },
];

if (import.meta.main) runParts(checkParts, 10);
