// The generator, and the history of what was taken from it.
// SPDX-License-Identifier: MIT

import type { Clock } from '../../shared/clock.ts';
import type {
  GeneratedPassword,
  GeneratorEntry,
  GeneratorRequest,
} from '../../shared/model/generator.ts';
import type { RandomSource } from '../crypto/random.ts';
import { generate } from '../generator/generate.ts';
import type { UnlockedVault } from '../vault/unlocked-vault.ts';

const REMEMBERED = 100;

export interface GeneratorPorts {
  readonly vault: () => UnlockedVault;
  readonly random: RandomSource;
  readonly clock: Clock;
}

export class GeneratorService {
  readonly #ports: GeneratorPorts;

  constructor(ports: GeneratorPorts) {
    this.#ports = ports;
  }

  /** Throws `generator/impossible-rules`. */
  generate(request: GeneratorRequest): GeneratedPassword {
    return generate(request, this.#ports.random);
  }

  /** Newest first. */
  history(): readonly GeneratorEntry[] {
    return this.#ports
      .vault()
      .document('generatorHistory')
      .map(({ value, at }) => ({ value, takenAt: at }));
  }

  remember(value: string): void {
    const vault = this.#ports.vault();
    const others = vault.document('generatorHistory').filter((one) => one.value !== value);
    const entry = { value, at: this.#ports.clock.now() };
    vault.saveDocument('generatorHistory', [entry, ...others].slice(0, REMEMBERED));
  }

  clear(): void {
    this.#ports.vault().saveDocument('generatorHistory', []);
  }
}
