// The command that makes another value, wherever a generator is in sight.
// SPDX-License-Identifier: MIT

import type { Command } from '../main/command.ts';

export const ANOTHER_VALUE_KEYS = 'Mod+Shift+V';

export const anotherValue: Command = {
  id: 'generate-another',
  title: 'Generate another value',
  section: 'Vault',
  keys: [ANOTHER_VALUE_KEYS],
  isAvailable: ({ generator }) => generator.isInSight,
  run: ({ generator }) => {
    generator.again();
  },
};
