// `npm run check`: everything that needs no browser. Static checks first, the unit and integration tests after them.
// SPDX-License-Identifier: MIT

import { runParts, type Part } from './parts.ts';

export const checkParts: readonly Part[] = [
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'types', command: ['tsc', '-b'] },
  {
    name: 'lint',
    command: ['eslint', '--max-warnings', '0', '--cache', '--cache-location', 'out/eslint/', '.'],
  },
  { name: 'layers', command: ['depcruise', '--config', '.dependency-cruiser.cjs', 'src'] },
  { name: 'unused', command: ['knip'] },
  { name: 'unit', command: ['vitest', 'run'] },
];

if (import.meta.main) runParts(checkParts, 10);
