// Requests about carrying a vault in and out.
// SPDX-License-Identifier: MIT

import { z } from 'zod';
import type {
  ExportOutcome,
  ImportCandidate,
  ImportOutcome,
  ImportReport,
} from '../../model/transfer.ts';
import { answers, nothing, sealedPassword, token } from '../request-row.ts';
import { presentedSecret } from './vaults.ts';

export const transferRows = {
  'transfer:choose-import': answers<ImportCandidate | null>()({
    input: nothing,
    lock: 'unlocked',
    windows: ['main'],
    owner: 'main',
  }),
  'transfer:preview-import': answers<ImportReport>()({
    input: z.strictObject({ token, password: sealedPassword.nullable() }),
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
  /** Verifies a secret that opens the vault before the save dialog; null when that was cancelled. */
  'transfer:export': answers<ExportOutcome | null>()({
    input: z.strictObject({ present: presentedSecret, exportPassword: sealedPassword }),
    lock: 'unlocked',
    windows: ['main'],
    owner: 'main',
  }),
} as const;
