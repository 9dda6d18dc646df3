// Requests of the shell: clipboard, settings, the test site, the approval window.
// SPDX-License-Identifier: MIT

import { z } from 'zod';
import type { ApprovalAnswer, ApprovalSecret, ShownPrompt } from '../../model/approval.ts';
import type { TestSiteStatus } from '../../model/ceremony.ts';
import { FIELD_LIMITS } from '../../model/field-limits.ts';
import type { KeyFileChoice, VaultWays } from '../../model/keys.ts';
import { NAV_GROUPS, type Settings } from '../../model/vault.ts';
import { answers, line, nothing, sealedPassword, token } from '../request-row.ts';
import { presentedSecret } from './vaults.ts';

export const settingsShape: z.ZodType<Settings> = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  autoLockMinutes: z.int().min(1).max(120),
  clipboardClearSeconds: z.int().min(5).max(300),
  onlineBreachCheck: z.boolean(),
  foldedGroups: z.array(z.enum(NAV_GROUPS)).max(NAV_GROUPS.length),
});

const approvalSecret: z.ZodType<ApprovalSecret> = z.union([
  presentedSecret,
  z.strictObject({ type: z.literal('pin'), pin: sealedPassword }),
  z.strictObject({ type: z.literal('touch-id') }),
]);

const answer: z.ZodType<ApprovalAnswer> = z
  .strictObject({
    sessionId: token,
    stage: z.int().min(1),
    promptHash: z.string().regex(/^[0-9a-f]{64}$/),
    decision: z.enum(['approve', 'deny']),
    credentialId: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,1364}$/)
      .nullable(),
    secret: approvalSecret.nullable(),
  })
  /** Whoever denies gives nothing away. */
  .refine(({ decision, secret }) => decision === 'approve' || secret === null, {
    path: ['secret'],
  });

/** Which addresses of the test site can be asked for: its own, and the phisher's of story four. */
export const TEST_SITE_HOSTS = ['localhost', 'bank.localhost', 'bank-secure.localhost'] as const;

export const shellRows = {
  /** For a value that the renderer shows already, such as a generated password. */
  'clipboard:copy-secret': answers<{ readonly clearAfterMs: number }>()({
    input: z.strictObject({ text: line(FIELD_LIMITS.password).min(1) }),
    lock: 'unlocked',
    windows: ['main'],
    owner: 'main',
  }),
  'test-site:status': answers<TestSiteStatus>()({
    input: nothing,
    lock: 'any',
    windows: ['main'],
    owner: 'main',
  }),
  /** Starts the site if need be and opens one of its addresses in the browser. */
  'test-site:open': answers<TestSiteStatus>()({
    input: z.strictObject({ host: z.enum(TEST_SITE_HOSTS) }),
    lock: 'any',
    windows: ['main'],
    owner: 'main',
  }),
  'test-site:stop': answers<TestSiteStatus>()({
    input: nothing,
    lock: 'any',
    windows: ['main'],
    owner: 'main',
  }),
  'settings:get': answers<Settings>()({
    input: nothing,
    lock: 'any',
    windows: ['unlock', 'main', 'approval'],
    owner: 'main',
  }),
  'settings:save': answers<Settings>()({
    input: settingsShape,
    lock: 'unlocked',
    windows: ['main'],
    owner: 'main',
  }),
  'approval:get-prompt': answers<ShownPrompt | null>()({
    input: nothing,
    lock: 'any',
    windows: ['approval'],
    owner: 'main',
  }),
  /** The ways into the vault of this window's ceremony, locked or open. */
  'approval:ways': answers<VaultWays>()({
    input: nothing,
    lock: 'any',
    windows: ['approval'],
    owner: 'main',
  }),
  /** Asks for an existing key file; null when cancelled. None is made here. */
  'approval:choose-key-file': answers<KeyFileChoice | null>()({
    input: nothing,
    lock: 'any',
    windows: ['approval'],
    owner: 'main',
  }),
  'approval:answer': answers<null>()({
    input: answer,
    lock: 'any',
    windows: ['approval'],
    owner: 'main',
  }),
} as const;
