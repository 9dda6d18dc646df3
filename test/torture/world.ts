// World: what a folder of vaults, backups and exports holds, as fingerprints, so that what is found after a crash can be
// compared whole with what was acknowledged: nothing lost, nothing half, nothing that nobody wrote.
// SPDX-License-Identifier: MIT

import { toHex, toUtf8 } from '../../src/shared/bytes.ts';
import { sha256 } from '../../src/main/crypto/digest.ts';

/** Ids of items and the fingerprints of their content. */
export type Prints = Readonly<Record<string, string>>;

export interface VaultState {
  /** Names of all secrets that open it. */
  readonly ways: readonly string[];
  readonly epoch: number;
  readonly items: Prints;
  /** By item, newest first: what the revisions before it hold. One that says the same as the next is left out. */
  readonly former: Readonly<Record<string, readonly string[]>>;
  /** Fingerprints of items whose ids only the product knows, as after an import. */
  readonly unnamed: readonly string[];
  /** Files that lie there, named or not: see {@link fileName}. */
  readonly files: readonly string[];
  /** Names that {@link backupName} gives. */
  readonly backups: readonly string[];
}

export interface World {
  readonly vaults: Readonly<Record<string, VaultState>>;
  /** Digest of what an export holds, by file name. */
  readonly exports: Readonly<Record<string, string>>;
}

interface InVault {
  readonly vault: string;
}

/** One step of a workflow: it happens whole or not at all. */
export type Change =
  | (InVault & { readonly kind: 'create'; readonly ways: readonly string[] })
  | (InVault & {
      readonly kind: 'items';
      /** What items of known ids become, new ones among them. */
      readonly set: Prints;
      /** What those of them that are not new were. */
      readonly was: Prints;
      /** Files that come with them. */
      readonly files?: readonly string[];
    })
  | (InVault & {
      readonly kind: 'erase';
      readonly was: Prints;
      /** Files that go with them. */
      readonly files: readonly string[];
    })
  | (InVault & { readonly kind: 'remove files'; readonly files: readonly string[] })
  | (InVault & { readonly kind: 'import'; readonly added: readonly string[] })
  /** Other ways in; backups follow. */
  | (InVault & { readonly kind: 'ways'; readonly ways: readonly string[] })
  /** Other keys: backups under the former ones give way to one made at `madeAt`. */
  | (InVault & {
      readonly kind: 'rekey';
      readonly ways: readonly string[];
      readonly madeAt: number;
    })
  | (InVault & { readonly kind: 'backup'; readonly madeAt: number })
  | { readonly kind: 'export'; readonly file: string; readonly digest: string }
  /** Writes nothing that is to be found again. */
  | { readonly kind: 'none' };

type ChangeIn = Extract<Change, InVault>;

export const EMPTY_WORLD: World = { vaults: {}, exports: {} };
/** How many backups the product keeps. */
const KEPT_BACKUPS = 10;

export function applyChange(world: World, change: Change): World {
  if (change.kind === 'none') return world;
  if (change.kind === 'export') {
    return { ...world, exports: { ...world.exports, [change.file]: change.digest } };
  }
  if (change.kind === 'create') {
    const nothing = { items: {}, former: {}, unnamed: [], files: [], backups: [] };
    return withVault(world, change.vault, { ways: change.ways, epoch: 1, ...nothing });
  }
  const vault = world.vaults[change.vault];
  if (vault === undefined) throw new Error(`world: no vault of the name ${change.vault}`);
  return withVault(world, change.vault, changeVault(vault, change));
}

function changeVault(vault: VaultState, change: Exclude<ChangeIn, { kind: 'create' }>): VaultState {
  switch (change.kind) {
    case 'items':
      return setItems(vault, change);
    case 'erase':
      return eraseItems(vault, change);
    case 'remove files':
      return { ...vault, files: without(vault.files, change.files) };
    case 'import':
      return { ...vault, unnamed: [...vault.unnamed, ...change.added] };
    case 'ways':
      return followed({ ...vault, ways: change.ways });
    case 'rekey': {
      const next = { ...vault, ways: change.ways, epoch: vault.epoch + 1 };
      const had = vault.backups.length > 0;
      return { ...next, backups: had ? [backupName(next, change.madeAt)] : [] };
    }
    case 'backup':
      return rotated({ ...vault, backups: [...vault.backups, backupName(vault, change.madeAt)] });
  }
}

/** What lies as a file of an item. */
export function fileName(itemId: string, bytes: Uint8Array): string {
  return `${itemId} ${fingerprint(bytes)}`;
}

/** A backup by when it was made, what it holds, what opens it and which keys it lies under. */
export function backupName(vault: Omit<VaultState, 'backups'>, madeAt: number): string {
  const { items, former, unnamed, files } = vault;
  const revisions = Object.entries(items).map(([id, print]) => [print, ...(former[id] ?? [])]);
  const all = [...revisions, ...unnamed.map((print) => [print])].map(fingerprint);
  const content = fingerprint([digestOf(all), digestOf(files)]);
  return [String(madeAt).padStart(15, '0'), content, digestOf(vault.ways), vault.epoch].join('/');
}

/**
 * Those of the vault's present keys open by what opens it now. Those of former keys, which a crash in the middle of a
 * re-keying has left, stay as they are: they go with the next re-keying, or when the vault is next opened and looked after.
 */
function followed(vault: VaultState): VaultState {
  const backups = vault.backups.map((name) => {
    const [madeAt, content, , epoch] = name.split('/');
    if (Number(epoch) !== vault.epoch) return name;
    return [madeAt, content, digestOf(vault.ways), epoch].join('/');
  });
  return { ...vault, backups };
}

/** Only those that open as the vault does are counted and given up. */
function rotated(vault: VaultState): VaultState {
  const ready = vault.backups.filter((name) => {
    const [, , ways, epoch] = name.split('/');
    return Number(epoch) === vault.epoch && ways === digestOf(vault.ways);
  });
  const gone = ready.slice(0, -KEPT_BACKUPS);
  return { ...vault, backups: vault.backups.filter((name) => !gone.includes(name)) };
}

/** The first difference in words, or null; backups are left out. Names and counts only. */
export function differenceOf(found: World, expected: World): string | null {
  const files = namesDiffer('vaults', found.vaults, expected.vaults);
  if (files !== null) return files;
  for (const [name, vault] of Object.entries(expected.vaults)) {
    const difference = vaultsDiffer(found.vaults[name], vault);
    if (difference !== null) return `${name}: ${difference}`;
  }
  for (const [name, digest] of Object.entries(expected.exports)) {
    if (found.exports[name] === undefined) return `${name}: the export is gone`;
    if (found.exports[name] !== digest) return `${name}: the export holds something else`;
  }
  return namesDiffer('exports', found.exports, expected.exports);
}

/**
 * Backups are files of their own, made, changed and removed one after the other: each must be one of those before or of
 * those after, whole; what is in both is there; and there are never fewer than before or after.
 */
export function backupsDiffer(found: World, before: World, after: World): string | null {
  for (const [name, { backups }] of Object.entries(found.vaults)) {
    const old = before.vaults[name]?.backups ?? [];
    const next = after.vaults[name]?.backups ?? [];
    const lost = old.filter((one) => next.includes(one) && !backups.includes(one));
    const strange = backups.filter((one) => !old.includes(one) && !next.includes(one));
    if (lost.length > 0) return `${name}: ${lost.length} backups are gone`;
    if (strange.length > 0) return `${name}: ${strange.length} backups hold what nobody backed up`;
    const least = Math.min(old.length, next.length);
    if (backups.length < least) {
      return `${name}: expected at least ${least} backups, got ${backups.length}`;
    }
  }
  return null;
}

/** With the backups that were found. */
export function withBackupsOf(world: World, found: World): World {
  const vaults = Object.entries(world.vaults).map(([name, vault]) => {
    const backups = found.vaults[name]?.backups ?? [];
    return [name, { ...vault, backups }] as const;
  });
  return { ...world, vaults: Object.fromEntries(vaults) };
}

/** A short digest of any plain value; bytes count as their digest. */
export function fingerprint(value: unknown): string {
  return toHex(sha256(toUtf8(JSON.stringify(plain(value)))).subarray(0, 12));
}

/** Of an unordered set. */
export function digestOf(prints: readonly string[]): string {
  return fingerprint([...prints].sort());
}

/** The bytes of a view as a canonical, JSON-compatible value with sorted keys. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return { sha256: toHex(sha256(value)) };
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, entry]) => [key, plain(entry)]);
}

function withVault(world: World, name: string, vault: VaultState): World {
  return { ...world, vaults: { ...world.vaults, [name]: vault } };
}

function setItems(vault: VaultState, change: Extract<Change, { kind: 'items' }>): VaultState {
  const { set, was, files = [] } = change;
  const former = { ...vault.former };
  for (const [id, print] of Object.entries(set)) {
    const before = was[id];
    if (before === undefined || before === print) continue;
    former[id] = [before, ...(former[id] ?? [])];
  }
  return {
    ...vault,
    items: { ...vault.items, ...set },
    former,
    unnamed: takenOut(vault, was),
    files: [...vault.files, ...files],
  };
}

function eraseItems(vault: VaultState, change: Extract<Change, { kind: 'erase' }>): VaultState {
  const { was, files } = change;
  const rest = <T>(all: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
    Object.fromEntries(Object.entries(all).filter(([id]) => !(id in was)));
  return {
    ...vault,
    ...{ items: rest(vault.items), former: rest(vault.former), unnamed: takenOut(vault, was) },
    files: without(vault.files, files),
  };
}

/** The nameless without those that have got a name. */
function takenOut({ items, unnamed }: VaultState, was: Prints): readonly string[] {
  const found = Object.entries(was).filter(([id]) => !(id in items));
  return without(
    unnamed,
    found.map(([, print]) => print),
  );
}

function without(all: readonly string[], gone: readonly string[]): readonly string[] {
  const left = [...all];
  for (const one of gone) {
    const at = left.indexOf(one);
    if (at < 0) throw new Error('world: something was changed that nobody made');
    left.splice(at, 1);
  }
  return left;
}

function vaultsDiffer(found: VaultState | undefined, expected: VaultState): string | null {
  if (found === undefined) return 'the vault is gone';
  if (digestOf(found.ways) !== digestOf(expected.ways)) {
    return `expected to be opened by ${expected.ways.join()}, got ${found.ways.join()}`;
  }
  if (found.epoch !== expected.epoch) return `expected epoch ${expected.epoch}`;
  const rest = new Map(Object.entries(found.items));
  for (const [id, print] of Object.entries(expected.items)) {
    if (!rest.has(id)) return `item ${id} is gone`;
    if (rest.get(id) !== print) return `item ${id} has other content`;
    rest.delete(id);
    const [a, b] = [found.former[id] ?? [], expected.former[id] ?? []];
    if (a.join() !== b.join()) return `item ${id}: expected ${b.length} former, got ${a.length}`;
  }
  return restDiffers(found, expected, rest);
}

function restDiffers(
  found: VaultState,
  expected: VaultState,
  rest: ReadonlyMap<string, string>,
): string | null {
  if (rest.size !== expected.unnamed.length) {
    return `expected ${expected.unnamed.length} more items, got ${rest.size}`;
  }
  if (digestOf([...rest.values()]) !== digestOf(expected.unnamed)) {
    return 'imported items have other content';
  }
  if (digestOf(found.files) === digestOf(expected.files)) return null;
  return `expected ${expected.files.length} files, got ${found.files.length} or others`;
}

function namesDiffer(what: string, found: object, expected: object): string | null {
  const [a, b] = [Object.keys(found).sort().join(), Object.keys(expected).sort().join()];
  return a === b ? null : `expected the ${what} ${b}, got ${a}`;
}
