// The test site as the app runs it: started and stopped from the window, opened in the browser, and the account of its
// latest ceremonies kept in memory.
// SPDX-License-Identifier: MIT

import { AppError } from '../../shared/errors.ts';
import type { TEST_SITE_HOSTS } from '../../shared/ipc/requests.ts';
import type { CeremonyReport, TestSiteStatus } from '../../shared/model/ceremony.ts';

/** How many ended ceremonies are remembered. */
const RECENT_LIMIT = 50;

export interface RunningSite {
  /** Addresses of the site, the plain one first. */
  readonly urls: readonly string[];
  stop(): Promise<void>;
}

export interface TestSiteHostPorts {
  /** Starts the server; rejects when no port can be had. */
  readonly start: () => Promise<RunningSite>;
  readonly openInBrowser: (url: string) => Promise<void>;
  readonly onChanged: (status: TestSiteStatus) => void;
}

export class TestSiteHost {
  readonly #ports: TestSiteHostPorts;
  #starting: Promise<RunningSite> | null = null;
  #running: RunningSite | null = null;
  #recent: readonly CeremonyReport[] = [];

  constructor(ports: TestSiteHostPorts) {
    this.#ports = ports;
  }

  get status(): TestSiteStatus {
    return {
      isRunning: this.#running !== null,
      urls: this.#running?.urls ?? [],
      recent: this.#recent,
    };
  }

  /** Starts the site if it is not running and opens one of its own addresses. */
  async open(host: (typeof TEST_SITE_HOSTS)[number]): Promise<TestSiteStatus> {
    const site = await this.#ensureRunning();
    const url = site.urls.find((one) => new URL(one).hostname === host);
    if (url === undefined) throw new Error('test site: a host of the table without an address');
    try {
      await this.#ports.openInBrowser(url);
    } catch (cause) {
      throw new AppError('test-site/no-browser', 'the desktop opens no browser', { cause });
    }
    return this.status;
  }

  async stop(): Promise<TestSiteStatus> {
    const running = this.#running;
    this.#running = null;
    await running?.stop();
    this.#changed();
    return this.status;
  }

  /** Remembers how a ceremony ended. */
  record(report: CeremonyReport): void {
    this.#recent = [report, ...this.#recent].slice(0, RECENT_LIMIT);
    this.#changed();
  }

  async #ensureRunning(): Promise<RunningSite> {
    if (this.#running) return this.#running;
    try {
      this.#starting ??= this.#ports.start();
      this.#running = await this.#starting;
    } catch (cause) {
      throw new AppError('test-site/port-unavailable', 'no loopback port to be had', { cause });
    } finally {
      this.#starting = null;
    }
    this.#changed();
    return this.#running;
  }

  #changed(): void {
    this.#ports.onChanged(this.status);
  }
}
