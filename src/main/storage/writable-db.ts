// What a database lends to those who read or write it: brands tell the two apart, so that a reader cannot write and
// only a transaction (or a migration) hands out the means to.
// SPDX-License-Identifier: MIT

import type { Brand } from '../../shared/brand.ts';

export type SqlValue = number | Uint8Array;

interface Reading {
  /** The rows of a query, one by one. */
  rows(sql: string, ...parameters: readonly SqlValue[]): Iterable<unknown>;
  /** All of them at once, for whoever writes while going through them. */
  all(sql: string, ...parameters: readonly SqlValue[]): readonly unknown[];
  /** The first row, or undefined. */
  row(sql: string, ...parameters: readonly SqlValue[]): unknown;
}

/** What a WritableDb does, for the one who makes them. */
export interface Writing extends Reading {
  /** Returns how many rows were changed. */
  run(sql: string, ...parameters: readonly SqlValue[]): number;
  /** Several statements without parameters, for migrations. */
  exec(sql: string): void;
}

/** What may be written can be read, not the other way round. */
export type ReadableDb = Brand<Reading, 'ReadableDb' | 'WritableDb'>;
export type WritableDb = Brand<Writing, 'WritableDb'>;
