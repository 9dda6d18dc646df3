// Pins of the vault format by the second implementation: written from numbers, and read with nothing taken for granted.
// SPDX-License-Identifier: MIT

import { hex, join, sameBytes, uint, utf8 } from './bytes.ts';
import { type Cost, derive, digest, mac } from './primitives.ts';

export const PIN_SIZE = 146;
const MAC_AT = 82;
const DIGEST_AT = 114;
const BOUNDS = {
  memoryKib: [65_536, 1_048_576],
  passes: [3, 16],
  lanes: [1, 8],
} as const;

/** The fields as numbers, so that a test can put any of them in. */
export interface PinFields {
  readonly magic?: string;
  readonly version?: number;
  readonly suite?: number;
  readonly vaultId: Uint8Array;
  readonly generation: number;
  readonly epoch: number;
  readonly lamport: number | bigint;
  readonly seenAt: number | bigint;
  /** As it stands in the record. */
  readonly kdfBlock: Uint8Array;
}

export interface FoundPin {
  readonly generation: number;
  readonly epoch: number;
  readonly lamport: number;
  readonly seenAt: number;
  readonly cost: Cost | null;
  /** Under the root key that was given. */
  readonly isAuthentic: boolean;
}

export function kdfBlockOf({ memoryKib, passes, lanes }: Cost): Uint8Array {
  return join(Uint8Array.of(2, 0x13), uint(memoryKib, 4), uint(passes, 4), uint(lanes, 4));
}

export function encodeFields(fields: PinFields): Uint8Array {
  return join(
    utf8(fields.magic ?? 'LATCHPIN'),
    uint(fields.version ?? 1, 2),
    uint(fields.suite ?? 1, 2),
    fields.vaultId,
    uint(fields.generation, 4),
    uint(fields.epoch, 4),
    uint(fields.lamport, 8),
    uint(fields.seenAt, 8),
    fields.kdfBlock,
  );
}

/** The record, with its MAC and its digest. */
export function writePin(fields: PinFields, rootKey: Uint8Array): Uint8Array {
  const covered = encodeFields(fields);
  return withDigest(join(covered, mac(derive(rootKey, fields.vaultId, 'v1/pins'), covered)));
}

export function withDigest(record: Uint8Array): Uint8Array {
  return join(record, digest(record));
}

export function readPin(
  record: Uint8Array,
  vaultId: Uint8Array,
  rootKey: Uint8Array,
): FoundPin | 'damaged' {
  if (record.length !== PIN_SIZE) return 'damaged';
  if (!sameBytes(digest(record.subarray(0, DIGEST_AT)), record.subarray(DIGEST_AT))) {
    return 'damaged';
  }
  const head = join(utf8('LATCHPIN'), uint(1, 2), uint(1, 2), vaultId);
  if (!sameBytes(record.subarray(0, head.length), head)) return 'damaged';
  const view = new DataView(record.buffer, record.byteOffset, record.length);
  const [generation, epoch] = [view.getUint32(44), view.getUint32(48)];
  const [lamport, seenAt] = [view.getBigUint64(52), view.getBigUint64(60)];
  const cost = readCost(view, 68);
  const isPossible =
    generation > 0 &&
    epoch > 0 &&
    lamport <= BigInt(Number.MAX_SAFE_INTEGER) &&
    seenAt <= 8_640_000_000_000_000n;
  if (!isPossible || cost === 'impossible') return 'damaged';
  const own = mac(derive(rootKey, vaultId, 'v1/pins'), record.subarray(0, MAC_AT));
  const isAuthentic = sameBytes(own, record.subarray(MAC_AT, DIGEST_AT));
  return { generation, epoch, lamport: Number(lamport), seenAt: Number(seenAt), cost, isAuthentic };
}

function readCost(view: DataView, at: number): Cost | null | 'impossible' {
  const block = new Uint8Array(view.buffer, view.byteOffset + at, 14);
  if (hex(block) === '00'.repeat(14)) return null;
  if (block[0] !== 2 || block[1] !== 0x13) return 'impossible';
  const cost = {
    memoryKib: view.getUint32(at + 2),
    passes: view.getUint32(at + 6),
    lanes: view.getUint32(at + 10),
  };
  const isAllowed =
    within('memoryKib', cost) &&
    within('passes', cost) &&
    within('lanes', cost) &&
    cost.memoryKib * cost.passes <= 4_194_304;
  return isAllowed ? cost : 'impossible';
}

function within(name: keyof Cost, cost: Cost): boolean {
  const [least, most] = BOUNDS[name];
  return cost[name] >= least && cost[name] <= most;
}
