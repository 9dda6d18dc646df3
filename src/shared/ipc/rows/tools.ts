// Requests of the generator and of the health room.
// SPDX-License-Identifier: MIT

import { z } from 'zod';
import type { GeneratedPassword, GeneratorRequest, GeneratorEntry } from '../../model/generator.ts';
import type { HealthReport } from '../../model/health.ts';
import { line, mainAnswers, nothing, vaultAnswers } from '../request-row.ts';

const characters = z.strictObject({
  type: z.literal('characters'),
  length: z.int().min(8).max(128),
  lower: z.boolean(),
  upper: z.boolean(),
  digits: z.boolean(),
  symbols: z.boolean(),
  avoidAmbiguous: z.boolean(),
  minDigits: z.int().min(0).max(16).optional(),
  minSymbols: z.int().min(0).max(16).optional(),
  exclude: line(128).optional(),
});

export const generatorRequest = z.discriminatedUnion('type', [
  characters,
  z.strictObject({
    type: z.literal('passphrase'),
    words: z.int().min(3).max(12),
    separator: line(4),
    capitalise: z.boolean(),
    addDigit: z.boolean(),
  }),
  z.strictObject({ type: z.literal('pin'), length: z.int().min(4).max(16) }),
  z.strictObject({
    type: z.literal('site-rules'),
    rules: line(1024),
    length: z.int().min(4).max(128).nullable(),
  }),
]) as z.ZodType<GeneratorRequest>;

export const toolRows = {
  'generator:generate': vaultAnswers<GeneratedPassword>()(generatorRequest),
  /** Values that were copied or used, newest first; their text is in it, for the window that asked. */
  'generator:history': vaultAnswers<readonly GeneratorEntry[]>()(nothing),
  /** Remembers a value that was taken. */
  'generator:remember': vaultAnswers<null>()(z.strictObject({ value: line(512).min(1) })),
  'generator:clear-history': vaultAnswers<null>()(nothing),
  /** Opens every item that has a password; takes a while and says how far it is. */
  'health:assess': vaultAnswers<HealthReport>()(nothing),
  /** Against a file of hashes that the person chooses: no network. Null when the dialog was cancelled. */
  'health:check-file': mainAnswers<HealthReport | null>()(nothing),
  /** By padded five-character range queries; refused unless switched on in the settings. */
  'health:check-online': mainAnswers<HealthReport>()(nothing),
  'health:cancel': vaultAnswers<null>()(nothing),
} as const;
