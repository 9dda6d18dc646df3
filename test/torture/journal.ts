// The journal between a process that works on a vault and the one that will have it killed: a step is announced before
// it is done and acknowledged after the product has returned from it. One line each.
// SPDX-License-Identifier: MIT

import type { Crashed } from './judge.ts';
import type { RunContext } from './open-vault.ts';
import { applyChange, type Change, type World } from './world.ts';

const ACKNOWLEDGED = 'ack';
const WORKFLOW = 'workflow ';

/** What a workflow calls around each step; `write` must have taken the line when it returns. */
export function journalStep(write: (line: string) => void): RunContext['step'] {
  return async (change, action) => {
    write(JSON.stringify(change));
    const result = await action();
    write(ACKNOWLEDGED);
    return result;
  };
}

/** The line that says which workflow begins. */
export function workflowLine(name: string): string {
  return `${WORKFLOW}${name}`;
}

/** Reads the journal back, line by line. */
export class JournalReader {
  #acknowledged: World;
  #pending: Change | null = null;
  #count = 0;
  #workflow: string | null = null;

  constructor(world: World) {
    this.#acknowledged = world;
  }

  take(line: string): void {
    if (line === ACKNOWLEDGED) {
      if (this.#pending === null) throw new Error('journal: acknowledged what was not announced');
      this.#acknowledged = applyChange(this.#acknowledged, this.#pending);
      this.#pending = null;
      this.#count += 1;
    } else if (line.startsWith(WORKFLOW)) {
      this.#workflow = line.slice(WORKFLOW.length);
    } else {
      this.#pending = JSON.parse(line) as Change;
    }
  }

  /** As things stand, should the process end now. */
  get crashed(): Crashed {
    return { acknowledged: this.#acknowledged, pending: this.#pending };
  }

  /** That began last; null where none was named. */
  get workflow(): string | null {
    return this.#workflow;
  }

  /** How many steps were acknowledged. */
  get count(): number {
    return this.#count;
  }
}
