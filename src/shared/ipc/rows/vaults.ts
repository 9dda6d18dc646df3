// Requests about vault files and the ways into them.
// SPDX-License-Identifier: MIT

import { z } from 'zod';
import type { BackupComparison, BackupInfo } from '../../model/backup.ts';
import type { ChangeReceipt } from '../../model/item.ts';
import type {
  KeyFileChoice,
  KeySlotInfo,
  SealedPresentedSecret,
  QuickUnlockState,
  RecoverySheet,
  UnlockNotice,
  VaultWays,
} from '../../model/keys.ts';
import type { SealingKey } from '../../sealed-secret.ts';
import type { DamageReport, VaultFile, VaultStatus } from '../../model/vault.ts';
import {
  answers,
  itemIds,
  line,
  mainAnswers,
  nothing,
  sealedPassword,
  token,
  vaultAnswers,
} from '../request-row.ts';

export const presentedSecret: z.ZodType<SealedPresentedSecret> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('password'), password: sealedPassword }),
  z.strictObject({
    type: z.literal('password-key-file'),
    password: sealedPassword,
    keyFile: token,
  }),
  z.strictObject({ type: z.literal('recovery'), words: sealedPassword }),
]);

const slotName = line(64);
/** Said by a person who was told that the file is older than what this machine has seen of the vault. */
const acceptOlder = z.literal(true).optional();

export const vaultRows = {
  'vaults:list': answers<readonly VaultFile[]>()({
    input: nothing,
    lock: 'any',
    windows: ['unlock', 'main'],
    owner: 'main',
  }),
  /** Lets the person point at a vault file elsewhere; null when the dialog was cancelled. */
  'vaults:choose-file': answers<VaultFile | null>()({
    input: nothing,
    lock: 'locked',
    windows: ['unlock'],
    owner: 'main',
  }),
  /** Takes a vault off the list; the file stays where it is. */
  'vaults:forget': answers<null>()({
    input: z.strictObject({ key: token }),
    lock: 'locked',
    windows: ['unlock'],
    owner: 'main',
  }),
  /** Which ways in a file has, read from its header without a secret. */
  'vaults:ways': answers<VaultWays>()({
    input: z.strictObject({ key: token }),
    lock: 'locked',
    windows: ['unlock'],
    owner: 'main',
  }),
  'vault:status': answers<VaultStatus>()({
    input: nothing,
    lock: 'any',
    windows: ['unlock', 'main', 'approval'],
    owner: 'main',
  }),
  'vault:create': answers<null>()({
    input: z.strictObject({ name: line(64).min(1), password: sealedPassword }),
    lock: 'locked',
    windows: ['unlock'],
    owner: 'main',
  }),
  'vault:unlock': answers<null>()({
    input: z.strictObject({ key: token, secret: presentedSecret, acceptOlder }),
    lock: 'locked',
    windows: ['unlock'],
    owner: 'main',
  }),
  'vault:quick-unlock': answers<null>()({
    input: z.strictObject({ key: token, pin: sealedPassword.nullable(), acceptOlder }),
    lock: 'locked',
    windows: ['unlock'],
    owner: 'main',
  }),
  /** To what typed secrets are sealed; another one for each vault process. */
  'vault:sealing-key': answers<SealingKey>()({
    input: nothing,
    lock: 'any',
    windows: ['unlock', 'main', 'approval'],
    owner: 'vault',
  }),
  'vault:lock': answers<null>()({
    input: nothing,
    lock: 'any',
    windows: ['main'],
    owner: 'main',
  }),
  'vault:notice': vaultAnswers<UnlockNotice>()(nothing),
  /** What is known to be wrong with the file. */
  'vault:damage': vaultAnswers<DamageReport>()(nothing),
  /** Takes what is in the file now for all there is, once a secret has opened the vault again. */
  'vault:accept-damage': vaultAnswers<DamageReport>()(z.strictObject({ present: presentedSecret })),
  'keys:list': vaultAnswers<readonly KeySlotInfo[]>()(nothing),
  /** Asks for any file to serve as key file, or (`make`) where to put a new one; null when cancelled. */
  'keys:choose-key-file': answers<KeyFileChoice | null>()({
    input: z.strictObject({ make: z.boolean() }),
    lock: 'any',
    windows: ['unlock', 'main'],
    owner: 'main',
  }),
  'keys:change-password': vaultAnswers<null>()(
    z.strictObject({ present: presentedSecret, password: sealedPassword }),
  ),
  /** Asks for a key file beside the password: its slot takes the place of the password's. */
  'keys:add-key-file': vaultAnswers<null>()(
    z.strictObject({ present: presentedSecret, keyFile: token, name: slotName }),
  ),
  /** The password alone opens the vault again. */
  'keys:drop-key-file': vaultAnswers<null>()(z.strictObject({ present: presentedSecret })),
  'keys:prepare-recovery': vaultAnswers<RecoverySheet>()(
    z.strictObject({ present: presentedSecret }),
  ),
  /** The words that were asked for, in that order, with a space between. Only now the slot exists. */
  'keys:confirm-recovery': vaultAnswers<null>()(
    z.strictObject({ token, words: sealedPassword, name: slotName }),
  ),
  'keys:discard-recovery': vaultAnswers<null>()(z.strictObject({ token })),
  'keys:rename': vaultAnswers<null>()(
    z.strictObject({ present: presentedSecret, slot: token, name: slotName }),
  ),
  'keys:remove': vaultAnswers<null>()(z.strictObject({ present: presentedSecret, slot: token })),
  /** A new vault key. Slots whose secret is not among `secrets` are removed. */
  'keys:rekey': vaultAnswers<{ readonly removed: readonly KeySlotInfo[] }>()(
    z.strictObject({ secrets: z.array(presentedSecret).min(1).max(16) }),
  ),
  'quick-unlock:state': mainAnswers<QuickUnlockState>()(nothing),
  /** A PIN of 6 or more digits, or null for Touch ID. */
  'quick-unlock:set': mainAnswers<QuickUnlockState>()(
    z.strictObject({ present: presentedSecret, pin: sealedPassword.nullable() }),
  ),
  'quick-unlock:remove': mainAnswers<QuickUnlockState>()(nothing),
  'backups:list': vaultAnswers<readonly BackupInfo[]>()(nothing),
  'backups:make': vaultAnswers<BackupInfo>()(nothing),
  'backups:compare': vaultAnswers<BackupComparison>()(z.strictObject({ key: token })),
  /** Brings items of a backup back, each as a new revision: nothing of the vault is lost by it. */
  'backups:restore': vaultAnswers<ChangeReceipt>()(z.strictObject({ key: token, ids: itemIds })),
} as const;
