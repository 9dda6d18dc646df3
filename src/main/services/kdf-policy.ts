// What the KDF of new and renewed slots costs: measured on this machine, so that one derivation takes about 0.7 seconds
// on it, between the default of the format and its ceiling; never less than the default unless that takes too long here.
// SPDX-License-Identifier: MIT

import type { Clock } from '../../shared/clock.ts';
import {
  costsLess,
  DEFAULT_KDF,
  KDF_CEILING,
  KDF_FLOOR,
  KDF_SALT_BYTES,
  KDF_WORK_CEILING_KIB,
  type KdfParameters,
  type PasswordKdf,
} from '../crypto/password-kdf.ts';
import type { RandomSource } from '../crypto/random.ts';
import { SecretBytes } from '../crypto/secret-bytes.ts';

const GOAL_MS = 700;
const LONGEST_MS = 1_000;

export interface KdfPolicyPorts {
  readonly deriveKey: PasswordKdf;
  readonly random: RandomSource;
  readonly clock: Clock;
  /** Takes the place of measuring. */
  readonly fixed: KdfParameters | null;
}

/** Measures once and remembers; a measurement that failed is forgotten, and the next who asks has it made anew. */
export class KdfPolicy {
  readonly #ports: KdfPolicyPorts;
  #measured: Promise<KdfParameters> | null = null;

  constructor(ports: KdfPolicyPorts) {
    this.#ports = ports;
  }

  /** For a slot that is being made now. */
  calibrated(): Promise<KdfParameters> {
    const { fixed } = this.#ports;
    if (fixed !== null) return Promise.resolve(fixed);
    this.#measured ??= this.#measureOnce();
    return this.#measured;
  }

  #measureOnce(): Promise<KdfParameters> {
    return this.#measure().catch((error: unknown) => {
      this.#measured = null;
      throw error;
    });
  }

  async #measure(): Promise<KdfParameters> {
    const atDefault = await this.#time(DEFAULT_KDF);
    if (atDefault > LONGEST_MS) return cheaper(atDefault);
    const passes = Math.floor((DEFAULT_KDF.passes * GOAL_MS) / Math.max(1, atDefault));
    return { ...DEFAULT_KDF, passes: clamp(passes, DEFAULT_KDF.passes, mostPasses(DEFAULT_KDF)) };
  }

  async #time(parameters: KdfParameters): Promise<number> {
    const { deriveKey, random, clock } = this.#ports;
    using password = SecretBytes.take(random.bytes(16));
    const start = clock.now();
    using _key = await deriveKey(password, random.bytes(KDF_SALT_BYTES), parameters);
    return clock.now() - start;
  }
}

/** Whether a slot costs less to attack than one made today would at least. */
export function isBelowDefault(kdf: KdfParameters, least: KdfParameters = DEFAULT_KDF): boolean {
  return costsLess(kdf, least);
}

/** Less memory, as many halvings as the time is above the goal, and never below the floor. */
function cheaper(atDefault: number): KdfParameters {
  const halvings = Math.ceil(Math.log2(atDefault / GOAL_MS));
  const memoryKib = Math.max(KDF_FLOOR.memoryKib, DEFAULT_KDF.memoryKib / 2 ** halvings);
  return { ...DEFAULT_KDF, memoryKib };
}

function mostPasses({ memoryKib }: KdfParameters): number {
  return Math.min(KDF_CEILING.passes, Math.floor(KDF_WORK_CEILING_KIB / memoryKib));
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
