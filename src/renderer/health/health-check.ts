// The health of the vault as this window knows it: the last report, the run that is under way, and what went wrong with
// the last one. It lives as long as the window, so that the room can be left while a run takes its minutes.
// SPDX-License-Identifier: MIT

import type { Clock } from '../../shared/clock.ts';
import type { EventPayloads, WorkStage } from '../../shared/ipc/events.ts';
import type { HealthReport } from '../../shared/model/health.ts';
import { toApiError, type Api, type ApiError, type Connection } from '../api.ts';
import { Store } from '../store.ts';

export type HealthTask = 'assess' | 'file' | 'online';

export interface HealthProgress {
  readonly done: number;
  readonly total: number;
  /** Of this part of the run, by its pace so far; null while that is not known well enough. */
  readonly leftMs: number | null;
}

export interface HealthRun {
  readonly task: HealthTask;
  /** Items are read; their passwords are checked against the list of breaches. */
  readonly stage: WorkStage;
  /** Null before the first news. */
  readonly progress: HealthProgress | null;
  readonly isStopping: boolean;
}

export interface HealthState {
  readonly report: HealthReport | null;
  /** The vault is another one since the report. */
  readonly isOutdated: boolean;
  readonly run: HealthRun | null;
  /** Why the last run came to nothing. */
  readonly failure: { readonly task: HealthTask; readonly error: ApiError } | null;
  /** The last run was stopped by the person. */
  readonly wasStopped: boolean;
}

const NOTHING: HealthState = {
  ...{ report: null, isOutdated: false, run: null, failure: null, wasStopped: false },
};

type HealthApi = Pick<
  Api<'main'>,
  'health:assess' | 'health:check-file' | 'health:check-online' | 'health:cancel'
>;

export interface HealthCheckParts {
  readonly api: HealthApi;
  readonly events: Connection<'main'>['events'];
  readonly clock: Clock;
}

/** Before this much has been seen of it, a pace tells nothing. */
const SHORTEST_SAMPLE_MS = 2000;

export class HealthCheck {
  readonly state = new Store<HealthState>(NOTHING);
  readonly #parts: HealthCheckParts;
  /** The first news of the part that is under way: a dialog may have stood open before it. */
  #first: { readonly done: number; readonly at: number } | null = null;
  #stopWatching: () => void = () => undefined;

  constructor(parts: HealthCheckParts) {
    this.#parts = parts;
  }

  /** One run at a time: while there is one, nothing happens. */
  start(task: HealthTask): void {
    if (this.state.get().run !== null) return;
    const { api, events } = this.#parts;
    this.#first = null;
    this.state.update((state) => ({
      ...state,
      ...{ run: { task, stage: 'reading', progress: null, isStopping: false } },
      ...{ failure: null, wasStopped: false },
    }));
    const stopFollowing = events['work:progressed'](({ work, ...news }) => {
      if (work === 'health') this.#progress(news);
    });
    ask(api, task)
      .then(
        (report) => {
          if (report !== null) this.#take(report);
        },
        (reason: unknown) => {
          this.#fail(task, toApiError(reason));
        },
      )
      .finally(() => {
        stopFollowing();
        this.state.update((state) => ({ ...state, run: null }));
      });
  }

  /** Asks the run to end; what was known before stays. */
  stop(): void {
    const { run } = this.state.get();
    if (run === null) return;
    this.state.update((state) => ({ ...state, run: { ...run, isStopping: true } }));
    this.#parts.api['health:cancel']({}).catch((reason: unknown) => {
      this.#fail(run.task, toApiError(reason));
      this.state.update((state) => ({ ...state, run: state.run && { ...run, isStopping: false } }));
    });
  }

  #take(report: HealthReport): void {
    this.#stopWatching();
    this.state.update((state) => ({ ...state, report, isOutdated: false }));
    this.#stopWatching = this.#parts.events['items:changed'](() => {
      this.state.update((state) => ({ ...state, isOutdated: true }));
    });
  }

  #fail(task: HealthTask, error: ApiError): void {
    const wasStopped = error.code === 'ipc/cancelled';
    this.state.update((state) => ({
      ...state,
      wasStopped,
      failure: wasStopped ? null : { task, error },
    }));
  }

  #progress({ stage, done, total }: Omit<EventPayloads['work:progressed'], 'work'>): void {
    const { run } = this.state.get();
    if (run === null) return;
    const at = this.#parts.clock.now();
    // Each stage counts from the beginning again, and items may be read twice.
    const isAnew = stage !== run.stage || (run.progress !== null && done < run.progress.done);
    if (this.#first === null || isAnew) this.#first = { done, at };
    const since = { done: done - this.#first.done, tookMs: at - this.#first.at };
    const leftMs = estimate({ ...since, left: total - done });
    this.state.update((state) => ({
      ...state,
      run: { ...run, stage, progress: { done, total, leftMs } },
    }));
  }
}

function ask(api: HealthApi, task: HealthTask): Promise<HealthReport | null> {
  switch (task) {
    case 'assess':
      return api['health:assess']({});
    case 'file':
      return api['health:check-file']({});
    case 'online':
      return api['health:check-online']({});
  }
}

interface Pace {
  readonly done: number;
  readonly tookMs: number;
  readonly left: number;
}

function estimate({ done, tookMs, left }: Pace): number | null {
  if (done <= 0 || tookMs < SHORTEST_SAMPLE_MS) return null;
  return (tookMs / done) * Math.max(0, left);
}
