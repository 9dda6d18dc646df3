// Requests about carrying a vault in and out.
// SPDX-License-Identifier: MIT

import { z } from 'zod';
import type {
  ExportOutcome,
  ImportCandidate,
  ImportOutcome,
  ImportReport,
} from '../../model/transfer.ts';
import { answers, nothing, passwordBytes, token } from '../request-row.ts';

export const transferRows = {
  'transfer:choose-import': answers<ImportCandidate | null>()({
    input: nothing,
    lock: 'unlocked',
    windows: ['main'],
    owner: 'main',
  }),
  'transfer:preview-import': answers<ImportReport>()({
    input: z.strictObject({ token, password: passwordBytes.nullable() }),
    lock: 'unlocked',
    windows: ['main'],
    owner: 'vault',
  }),
  'transfer:commit-import': answers<ImportOutcome>()({
    input: z.strictObject({ token }),
    lock: 'unlocked',
    windows: ['main'],
    owner: 'vault',
  }),
  'transfer:discard-import': answers<null>()({
    input: z.strictObject({ token }),
    lock: 'unlocked',
    windows: ['main'],
    owner: 'vault',
  }),
  /** Verifies the master password before the save dialog; null when that was cancelled. */
  'transfer:export': answers<ExportOutcome | null>()({
    input: z.strictObject({ masterPassword: passwordBytes, exportPassword: passwordBytes }),
    lock: 'unlocked',
    windows: ['main'],
    owner: 'main',
  }),
} as const;
