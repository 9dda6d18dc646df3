// The one table of requests: channel, validator of its one input, output type, lock rule, the windows that may call
// it and the process that answers. Channel types, handlers, preload functions and `window.vault` derive from it.
// SPDX-License-Identifier: MIT

import { z } from 'zod';
import type { ItemId } from '../brand.ts';
import { FIELD_LIMITS, LIST_LIMITS } from '../model/field-limits.ts';
import type { ShownPrompt } from '../model/approval.ts';
import type { TestSiteStatus } from '../model/ceremony.ts';
import type {
  GeneratedPassword,
  ItemCounts,
  ItemDetail,
  ItemDraft,
  ItemPage,
  ItemQuery,
} from '../model/item.ts';
import type {
  ExportOutcome,
  ImportCandidate,
  ImportOutcome,
  ImportReport,
} from '../model/transfer.ts';
import type { Settings, VaultFile, VaultStatus } from '../model/vault.ts';

/** The kinds of window: each has its own page, preload and session. */
export const WINDOW_KINDS = ['unlock', 'main', 'approval'] as const;
export type WindowKind = (typeof WINDOW_KINDS)[number];

/** Which state of the vault a request needs. */
export type LockRule = 'any' | 'locked' | 'unlocked';

/** The process whose handler answers; `main` forwards what belongs to `vault`. */
export type RequestOwner = 'main' | 'vault';

declare const outputType: unique symbol;

export interface RequestRow<
  Input = unknown,
  Output = unknown,
  Windows extends readonly WindowKind[] = readonly WindowKind[],
  Owner extends RequestOwner = RequestOwner,
> {
  readonly input: z.ZodType<Input>;
  readonly lock: LockRule;
  readonly windows: Windows;
  readonly owner: Owner;
  /** Exists in the type alone. */
  readonly [outputType]?: Output;
}

/** Curried so that the output is stated while everything else is inferred. */
function answers<Output>() {
  return <Input, const Windows extends readonly WindowKind[], Owner extends RequestOwner>(
    row: RequestRow<Input, Output, Windows, Owner>,
  ): RequestRow<Input, Output, Windows, Owner> => row;
}

const nothing = z.strictObject({});
/** A master password or export password: NFKC, UTF-8. The receiver owns and zeroes it. */
const passwordBytes = z.instanceof(Uint8Array).refine((bytes) => bytes.length <= 4096);
const itemId = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .transform((text) => text as ItemId);
const token = z.string().regex(/^[0-9a-f]{32}$/);
const line = (max: number) => z.string().max(max);
const common = {
  title: line(FIELD_LIMITS.title),
  note: line(FIELD_LIMITS.note),
  tags: z.array(line(FIELD_LIMITS.tag)).max(LIST_LIMITS.tags),
  favourite: z.boolean(),
};

const draft: z.ZodType<ItemDraft> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('login'),
    id: itemId.nullable(),
    username: line(FIELD_LIMITS.username),
    password: line(FIELD_LIMITS.password).nullable(),
    urls: z.array(line(FIELD_LIMITS.url)).max(LIST_LIMITS.urls),
    ...common,
  }),
  z.strictObject({ kind: z.literal('passkey'), id: itemId, ...common }),
]);

const query: z.ZodType<ItemQuery> = z.strictObject({
  section: z.discriminatedUnion('in', [
    z.strictObject({ in: z.literal('all') }),
    z.strictObject({ in: z.literal('favourites') }),
    z.strictObject({ in: z.literal('trash') }),
    z.strictObject({ in: z.literal('kind'), kind: z.enum(['login', 'passkey']) }),
    z.strictObject({ in: z.literal('tag'), tag: line(FIELD_LIMITS.tag) }),
  ]),
  text: line(512),
  sort: z.enum(['title', 'modified', 'created']),
  offset: z.int().min(0),
  limit: z.int().min(1).max(200),
});

const generatorRules = z.strictObject({
  length: z.int().min(8).max(128),
  lower: z.boolean(),
  upper: z.boolean(),
  digits: z.boolean(),
  symbols: z.boolean(),
  avoidAmbiguous: z.boolean(),
});

export const settingsShape: z.ZodType<Settings> = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  autoLockMinutes: z.int().min(1).max(120),
  clipboardClearSeconds: z.int().min(5).max(300),
});

const answer = z.strictObject({
  sessionId: token,
  stage: z.int().min(1),
  promptHash: z.string().regex(/^[0-9a-f]{64}$/),
  decision: z.enum(['approve', 'deny']),
  credentialId: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,1364}$/)
    .nullable(),
  password: passwordBytes.nullable(),
});

const field = z.enum(['username', 'password', 'url', 'note', 'rp-id']);

/** Which addresses of the test site can be asked for: its own, and the phisher's of story four. */
export const TEST_SITE_HOSTS = ['localhost', 'bank.localhost', 'bank-secure.localhost'] as const;

export const requests = {
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
  'vault:status': answers<VaultStatus>()({
    input: nothing,
    lock: 'any',
    windows: ['unlock', 'main', 'approval'],
    owner: 'main',
  }),
  'vault:create': answers<null>()({
    input: z.strictObject({ name: line(64).min(1), password: passwordBytes }),
    lock: 'locked',
    windows: ['unlock'],
    owner: 'main',
  }),
  'vault:unlock': answers<null>()({
    input: z.strictObject({ key: token, password: passwordBytes }),
    lock: 'locked',
    windows: ['unlock'],
    owner: 'main',
  }),
  'vault:lock': answers<null>()({
    input: nothing,
    lock: 'any',
    windows: ['main'],
    owner: 'main',
  }),
  'items:list': answers<ItemPage>()({
    input: query,
    lock: 'unlocked',
    windows: ['main'],
    owner: 'vault',
  }),
  'items:count': answers<ItemCounts>()({
    input: nothing,
    lock: 'unlocked',
    windows: ['main'],
    owner: 'vault',
  }),
  'items:get': answers<ItemDetail>()({
    input: z.strictObject({ id: itemId }),
    lock: 'unlocked',
    windows: ['main'],
    owner: 'vault',
  }),
  'items:save': answers<{ readonly id: ItemId }>()({
    input: draft,
    lock: 'unlocked',
    windows: ['main'],
    owner: 'vault',
  }),
  'items:set-favourite': answers<null>()({
    input: z.strictObject({ id: itemId, favourite: z.boolean() }),
    lock: 'unlocked',
    windows: ['main'],
    owner: 'vault',
  }),
  'items:trash': answers<null>()({
    input: z.strictObject({ ids: z.array(itemId).min(1).max(1000) }),
    lock: 'unlocked',
    windows: ['main'],
    owner: 'vault',
  }),
  'items:restore': answers<null>()({
    input: z.strictObject({ ids: z.array(itemId).min(1).max(1000) }),
    lock: 'unlocked',
    windows: ['main'],
    owner: 'vault',
  }),
  'items:reveal-field': answers<{ readonly value: string; readonly hideAfterMs: number }>()({
    input: z.strictObject({ id: itemId, field }),
    lock: 'unlocked',
    windows: ['main'],
    owner: 'vault',
  }),
  /** Copies inside the main side; the value never reaches the renderer. */
  'items:copy-field': answers<{ readonly clearAfterMs: number }>()({
    input: z.strictObject({ id: itemId, field }),
    lock: 'unlocked',
    windows: ['main'],
    owner: 'vault',
  }),
  'generator:generate': answers<GeneratedPassword>()({
    input: generatorRules,
    lock: 'unlocked',
    windows: ['main'],
    owner: 'vault',
  }),
  /** For a value that the renderer shows already, such as a generated password. */
  'clipboard:copy-secret': answers<{ readonly clearAfterMs: number }>()({
    input: z.strictObject({ text: line(FIELD_LIMITS.password).min(1) }),
    lock: 'unlocked',
    windows: ['main'],
    owner: 'main',
  }),
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
  'approval:answer': answers<null>()({
    input: answer,
    lock: 'any',
    windows: ['approval'],
    owner: 'main',
  }),
} as const;

type Requests = typeof requests;
export type Channel = keyof Requests;
export type InputOf<C extends Channel> = z.output<Requests[C]['input']>;
export type OutputOf<C extends Channel> = Exclude<Requests[C][typeof outputType], undefined>;

/** The channels that a kind of window may call. */
export type ChannelFor<W extends WindowKind> = {
  [C in Channel]: W extends (typeof requests)[C]['windows'][number] ? C : never;
}[Channel];

export type ChannelOwnedBy<Owner extends RequestOwner> = {
  [C in Channel]: (typeof requests)[C]['owner'] extends Owner ? C : never;
}[Channel];

/** The channels a window of `kind` may call, for the build of its preload and for the door. */
export function channelsFor(kind: WindowKind): readonly Channel[] {
  return (Object.keys(requests) as Channel[]).filter((channel) =>
    (requests[channel].windows as readonly WindowKind[]).includes(kind),
  );
}
