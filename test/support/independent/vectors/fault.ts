// One fault of a vault file, and how it becomes a vector.
// SPDX-License-Identifier: MIT

import type { Vault } from '../rows.ts';
import type { Expectation, Vector } from './format.ts';
import type { Scene } from './scene.ts';

export type Fault = readonly [name: string, says: string, vault: Vault, expect: Expectation];

export function toVectors(scene: Scene, faults: readonly Fault[]): readonly Vector[] {
  return faults.map(([name, says, vault, expect]) => scene.vector(name, says, vault, expect));
}
