// The broker between ceremonies and the person: one visible request, one window per ceremony, several stages in it.
// It shows frozen prompts and lets through only answers to the very prompt that is shown, from that very window.
// SPDX-License-Identifier: MIT

import type { Clock } from '../../shared/clock.ts';
import type { ApprovalAnswer, ShownPrompt } from '../../shared/model/approval.ts';
import { ApprovalError } from './approval-error.ts';
import type { ApprovalWindow, ApprovalWindows } from './approval-window.ts';
import { CeremonyQueue } from './ceremony-queue.ts';

/** An approval within this time of the prompt's appearance is a stray click or key stroke. */
export const ARM_DELAY_MS = 700;

/** A ceremony whose turn it is. */
interface Session {
  readonly id: string;
  /** The vault that it is about; null where there is none. */
  readonly vaultPath: string | null;
  readonly release: () => void;
  window: ApprovalWindow | null;
  stage: Stage | null;
  /** The person closed the window: every further stage is denied. */
  isWindowClosed: boolean;
}

interface Stage {
  readonly shown: ShownPrompt;
  /** When the page had the prompt and the window was there, the later of the two; null until then. */
  shownAt: number | null;
  readonly settle: (answer: ApprovalAnswer) => void;
  readonly fail: (error: ApprovalError) => void;
}

export interface WaitingCeremony {
  readonly sessionId: string;
  readonly origin: string;
  readonly vaultPath: string | null;
}

export interface BrokerPorts {
  readonly windows: ApprovalWindows;
  readonly clock: Clock;
}

export class ApprovalBroker {
  readonly #ports: BrokerPorts;
  readonly #queue = new CeremonyQueue();
  #session: Session | null = null;

  constructor(ports: BrokerPorts) {
    this.#ports = ports;
  }

  /**
   * Resolves when it is this ceremony's turn; `close` gives the turn back and must follow.
   * Throws `approvals/queue-full`, and `approvals/gone` when `signal` aborts first.
   */
  async open(ceremony: WaitingCeremony, signal: AbortSignal): Promise<void> {
    const release = await this.#queue.enter(ceremony.origin, signal);
    const { sessionId: id, vaultPath } = ceremony;
    this.#session = { id, vaultPath, release, window: null, stage: null, isWindowClosed: false };
  }

  /**
   * Shows one stage of the ceremony whose turn it is and waits for the answer. A closed window is a denial.
   * Throws `approvals/gone` when the ceremony is over or `signal` aborts.
   */
  async ask(shown: ShownPrompt, signal: AbortSignal): Promise<ApprovalAnswer> {
    const session = this.#session;
    if (session?.id !== shown.prompt.sessionId || signal.aborted)
      throw gone('the ceremony is over');
    if (session.isWindowClosed) return denial(shown);
    try {
      return await new Promise<ApprovalAnswer>((settle, fail) => {
        signal.addEventListener('abort', () => {
          fail(gone('the ceremony ended before the answer'));
        });
        session.stage = { shown: Object.freeze(shown), shownAt: null, settle, fail };
        this.#show(session, session.stage);
      });
    } finally {
      session.stage = null;
    }
  }

  /** Ends a ceremony: its window closes, the next one's turn comes. Does nothing for any other session. */
  close(sessionId: string): void {
    if (this.#session?.id === sessionId) this.#end(this.#session);
  }

  /** Ends the ceremony whose turn it is, if any: whoever ran it is gone. */
  abandon(): void {
    if (this.#session) this.#end(this.#session);
  }

  /** What the window with these web contents shall show; null when it is not the session's window. */
  promptFor(webContentsId: number): ShownPrompt | null {
    const session = this.#session;
    if (!session?.stage || session.window?.webContentsId !== webContentsId) return null;
    session.stage.shownAt ??= this.#ports.clock.now();
    return session.stage.shown;
  }

  /** The vault that the session with this window is about. Throws `approvals/gone` for any other window. */
  vaultPathFor(webContentsId: number): string | null {
    const session = this.#session;
    if (session?.window?.webContentsId !== webContentsId) throw gone('not the session’s window');
    return session.vaultPath;
  }

  /**
   * Takes the answer of a window. Throws `approvals/gone` unless it answers the prompt shown at this moment in the
   * session's own window, and `approvals/not-armed` for an approval within 700 ms of its appearance.
   */
  answer(webContentsId: number, answer: ApprovalAnswer): void {
    const session = this.#session;
    const stage = session?.stage;
    if (!session || !stage || session.window?.webContentsId !== webContentsId) {
      throw gone('nothing is asked in this window');
    }
    if (!answers(answer, stage.shown)) throw gone('an answer to another prompt');
    if (answer.decision === 'approve' && !this.#isArmed(stage)) {
      throw new ApprovalError('approvals/not-armed', `approved within ${ARM_DELAY_MS} ms`);
    }
    stage.settle(answer);
  }

  #isArmed(stage: Stage): boolean {
    return stage.shownAt !== null && this.#ports.clock.now() - stage.shownAt >= ARM_DELAY_MS;
  }

  #show(session: Session, stage: Stage): void {
    if (session.window) {
      stage.shownAt = this.#ports.clock.now();
      session.window.announce(stage.shown);
      return;
    }
    session.window = this.#ports.windows.open({
      onShown: () => {
        if (session.stage) session.stage.shownAt = this.#ports.clock.now();
      },
      onClosed: () => {
        session.window = null;
        session.isWindowClosed = true;
        if (session.stage) session.stage.settle(denial(session.stage.shown));
      },
    });
  }

  #end(session: Session): void {
    this.#session = null;
    session.stage?.fail(gone('the ceremony is over'));
    session.window?.close();
    session.release();
  }
}

function gone(message: string): ApprovalError {
  return new ApprovalError('approvals/gone', message);
}

function answers(answer: ApprovalAnswer, { prompt, promptHash }: ShownPrompt): boolean {
  return (
    answer.sessionId === prompt.sessionId &&
    answer.stage === prompt.stage &&
    answer.promptHash === promptHash
  );
}

function denial({ prompt, promptHash }: ShownPrompt): ApprovalAnswer {
  const { sessionId, stage } = prompt;
  return { sessionId, stage, promptHash, decision: 'deny', credentialId: null, secret: null };
}
