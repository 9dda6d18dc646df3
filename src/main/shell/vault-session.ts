// Main's view of the vault: which process holds it, whether it is open, and the way from one state to the other.
// Locking ends the process that held the keys; a fresh one, without keys, takes its place.
// SPDX-License-Identifier: MIT

import type { Clock } from '../../shared/clock.ts';
import type { AnnouncementHandlers, CallHandlers } from '../link/process-link.ts';
import { ProcessLink } from '../link/process-link.ts';
import type { BugReporter } from '../link/to-ipc-error.ts';
import type { ShellCalls, VaultAnnouncements, VaultCalls } from '../link/vault-link.ts';
import type { VaultProcess } from './vault-process-host.ts';

/** How long an orderly close may take before the process is ended all the same. */
const CLOSE_LIMIT_MS = 1_500;

type Link = ProcessLink<VaultCalls, Record<string, never>, ShellCalls, VaultAnnouncements>;

export interface VaultSessionPorts {
  readonly start: () => VaultProcess;
  readonly clock: Clock;
  readonly calls: CallHandlers<ShellCalls>;
  /** The process is gone, with everything that it was doing. */
  readonly onProcessEnded: () => void;
  /** Announcements that are not about the state of the vault. */
  readonly onApprovalClosed: (payload: VaultAnnouncements['approval:closed']) => void;
  readonly onItemsChanged: (payload: VaultAnnouncements['items:changed']) => void;
  readonly onSearchesChanged: () => void;
  readonly onTransferProgressed: (payload: VaultAnnouncements['transfer:progressed']) => void;
  readonly onWorkProgressed: (payload: VaultAnnouncements['work:progressed']) => void;
  readonly onIntegrityChecked: (payload: VaultAnnouncements['integrity:checked']) => void;
  readonly onRekeyed: () => void;
  readonly onUnlocked: (path: string) => void;
  readonly onLocked: () => void;
  readonly reportBug: BugReporter;
}

interface Running {
  readonly process: VaultProcess;
  readonly link: Link;
}

export class VaultSession {
  readonly #ports: VaultSessionPorts;
  #running: Running | null = null;
  #ending: Promise<void> = Promise.resolve();
  #openPath: string | null = null;

  constructor(ports: VaultSessionPorts) {
    this.#ports = ports;
  }

  get isUnlocked(): boolean {
    return this.#openPath !== null;
  }

  get openPath(): string | null {
    return this.#openPath;
  }

  /** Starts the process if there is none, so that unlocking finds it warm. */
  async prepare(): Promise<void> {
    await this.#link();
  }

  /** Asks the vault process; starts it first where there is none. */
  async call<Name extends keyof VaultCalls>(
    name: Name,
    input: VaultCalls[Name]['input'],
    signal?: AbortSignal,
  ): Promise<VaultCalls[Name]['output']> {
    const link = await this.#link();
    return (await link.call(name, input as never, signal)) as VaultCalls[Name]['output'];
  }

  /** Locks: windows first (`onLocked`), then the process. Resolves when the process is gone. */
  async lock(): Promise<void> {
    const running = this.#running;
    const wasUnlocked = this.isUnlocked;
    this.#running = null;
    this.#openPath = null;
    if (running) this.#ending = this.#end(running);
    if (wasUnlocked) this.#ports.onLocked();
    await this.#ending;
  }

  async #end({ process, link }: Running): Promise<void> {
    const cancelTimer = this.#ports.clock.after(CLOSE_LIMIT_MS, () => {
      process.kill();
    });
    try {
      await link.call('vault:close', null);
    } catch {
      // Already gone or unable: the write-ahead log holds everything that was acknowledged.
    }
    process.kill();
    await process.ended;
    cancelTimer();
  }

  async #link(): Promise<Link> {
    // Two processes must not meet on one file; a lock may have begun while this waited for another's end.
    let ending: Promise<void>;
    do {
      ending = this.#ending;
      await ending;
    } while (ending !== this.#ending);
    this.#running ??= this.#start();
    return this.#running.link;
  }

  #start(): Running {
    const process = this.#ports.start();
    const isCurrent = (): boolean => this.#running?.process === process;
    const link: Link = new ProcessLink(process.pipe, {
      calls: this.#ports.calls,
      announcements: this.#announcements(isCurrent),
      reportBug: this.#ports.reportBug,
    });
    const running = { process, link };
    void process.ended.then(() => {
      this.#ports.onProcessEnded();
      if (this.#running !== running) return;
      // It ended by itself: whatever was open is not any more.
      void this.lock();
    });
    return running;
  }

  /** What a process says that is being ended does not count any more. */
  #announcements(isCurrent: () => boolean): AnnouncementHandlers<VaultAnnouncements> {
    return {
      'vault:unlocked': ({ path }) => {
        if (!isCurrent()) return;
        this.#openPath = path;
        this.#ports.onUnlocked(path);
      },
      'approval:closed': this.#ports.onApprovalClosed,
      'items:changed': this.#ports.onItemsChanged,
      'searches:changed': this.#ports.onSearchesChanged,
      'transfer:progressed': this.#ports.onTransferProgressed,
      'work:progressed': this.#ports.onWorkProgressed,
      'integrity:checked': this.#ports.onIntegrityChecked,
      'vault:rekeyed': this.#ports.onRekeyed,
    };
  }
}
