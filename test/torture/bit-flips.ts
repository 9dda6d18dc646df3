// R3, bit flips: every bit of a vault file, of its header and of an export, one at a time. Each is reported, or every
// item reads as before: SQLite has bytes that nobody reads. Wrong data and crashes: none.
// SPDX-License-Identifier: MIT

import { join } from 'node:path';
import { bundleProgram } from './bundle-program.ts';
import { AnsweringChild } from './child-process.ts';
import { Dice } from './dice.ts';
import { firstOf, grouped, type Suite, type TortureOptions, type TortureRow } from './suite.ts';

export interface FlipOrder {
  readonly subject: string;
  readonly bits: readonly number[];
}

export interface FlipReport {
  readonly flips: number;
  readonly identical: number;
  readonly reported: Readonly<Record<string, number>>;
  readonly wrong: readonly string[];
}

interface Subject {
  readonly name: string;
  readonly bits: number;
}

const PROGRAM = join(import.meta.dirname, 'children/flip-bits.ts');
const CHILDREN = 2;
const BATCH = 500;
const SAY_EVERY = 100;
/** A slice of something small would else be next to nothing. */
const FEWEST_FLIPS = 200;
/** A batch that takes longer than this has been brought to hang. */
const LONGEST_BATCH_MS = 120_000;

export const bitFlips: Suite = {
  name: 'bit flips',
  async run(options) {
    const bundle = await bundleProgram(PROGRAM);
    const first = await startChild(bundle);
    const tallies = new Map(first.subjects.map(({ name }) => [name, new FlipTally(name)]));
    const orders = batches(first.subjects, options);
    const more = Array.from({ length: CHILDREN - 1 }, () => startChild(bundle));
    const children = [first, ...(await Promise.all(more))];
    const { say } = options;
    await Promise.all(children.map((ready) => runChild({ bundle, ready, orders, tallies, say })));
    return [...tallies.values()].map((tally) => tally.toRow());
  },
};

/** Every bit, or in a slice one in so many. */
function batches(subjects: readonly Subject[], { seed, flipStride }: TortureOptions): FlipOrder[] {
  return subjects.flatMap(({ name, bits }) => {
    const stride = Math.min(flipStride, Math.ceil(bits / FEWEST_FLIPS));
    const first = new Dice(`${seed}/${name}`).below(stride);
    const chosen: number[] = [];
    for (let bit = first; bit < bits; bit += stride) chosen.push(bit);
    return Array.from({ length: Math.ceil(chosen.length / BATCH) }, (_, part) => ({
      subject: name,
      bits: chosen.slice(part * BATCH, (part + 1) * BATCH),
    }));
  });
}

interface ReadyChild {
  readonly child: AnsweringChild;
  readonly subjects: readonly Subject[];
}

async function startChild(bundle: string): Promise<ReadyChild> {
  const child = new AnsweringChild(bundle, { longestMs: LONGEST_BATCH_MS });
  const answer = (await child.answer()) as { readonly subjects: readonly Subject[] } | null;
  if (answer === null) throw new Error('bit flips: the child did not start');
  return { child, subjects: answer.subjects };
}

/** Shared: whoever is free takes the next batch. A child that dies is a crash, and another goes on. */
async function runChild(input: {
  readonly bundle: string;
  readonly ready: ReadyChild;
  readonly orders: FlipOrder[];
  readonly tallies: ReadonlyMap<string, FlipTally>;
  readonly say: (line: string) => void;
}): Promise<void> {
  const { bundle, orders, tallies, say } = input;
  let { child } = input.ready;
  for (let order = orders.shift(); order !== undefined; order = orders.shift()) {
    const began = performance.now();
    const report = (await child.ask(order)) as FlipReport | null;
    const tally = tallies.get(order.subject);
    if (report === null) {
      tally?.addCrash(order);
      ({ child } = await startChild(bundle));
    } else {
      tally?.add(report, (performance.now() - began) / 1000);
    }
    if (orders.length > 0 && orders.length % SAY_EVERY === 0) {
      say(`  ${String(orders.length * BATCH)} flips to go`);
    }
  }
  child[Symbol.dispose]();
}

class FlipTally {
  readonly #name: string;
  readonly #reported: Record<string, number> = {};
  readonly #wrong: string[] = [];
  readonly #crashes: string[] = [];
  #flips = 0;
  #identical = 0;
  #seconds = 0;

  constructor(name: string) {
    this.#name = name;
  }

  add({ flips, identical, reported, wrong }: FlipReport, seconds: number): void {
    this.#seconds += seconds;
    this.#flips += flips;
    this.#identical += identical;
    this.#wrong.push(...wrong);
    for (const [as, count] of Object.entries(reported)) {
      this.#reported[as] = (this.#reported[as] ?? 0) + count;
    }
  }

  addCrash({ bits }: FlipOrder): void {
    this.#flips += bits.length;
    this.#crashes.push(`between bits ${String(bits[0])} and ${String(bits.at(-1))}`);
  }

  toRow(): TortureRow {
    const reported = Object.values(this.#reported).reduce((sum, count) => sum + count, 0);
    return {
      name: this.#name,
      count: this.#flips,
      ok: this.#wrong.length === 0 && this.#crashes.length === 0 && this.#flips > 0,
      says: `${grouped(this.#flips)} bits, ${grouped(this.#wrong.length)} wrong, ${grouped(this.#crashes.length)} crashes`,
      detail: {
        reported,
        identical: this.#identical,
        wrong: this.#wrong.length,
        crashes: this.#crashes.length,
        reportedAs: this.#reported,
        flipsPerSecondAndChild: Math.round(this.#flips / Math.max(0.001, this.#seconds)),
        faults: firstOf([...this.#wrong, ...this.#crashes]),
      },
    };
  }
}
