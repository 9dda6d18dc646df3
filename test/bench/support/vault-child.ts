// Main's side of a vault process: the child is forked as Electron's utility process would be, calls go over the product's
// own link, and the person behind it agrees to everything.
// SPDX-License-Identifier: MIT

import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { KdfParameters } from '../../../src/main/crypto/password-kdf.ts';
import { type MessagePipe, ProcessLink } from '../../../src/main/link/process-link.ts';
import type {
  ShellCalls,
  VaultAnnouncements,
  VaultCalls,
} from '../../../src/main/link/vault-link.ts';
import { VAULT_PROCESS_FLAGS } from '../../../src/main/shell/vault-process-flags.ts';
import { toUtf8 } from '../../../src/shared/bytes.ts';
import type { ShownPrompt } from '../../../src/shared/model/approval.ts';
import { type TypedAnswer, type TypedInput, TypingWindow } from '../../support/typing-window.ts';
import { BENCH_PASSWORD } from '../bench-vaults.ts';

type Link = ProcessLink<VaultCalls, object, ShellCalls, VaultAnnouncements>;

const PROGRAM = join(import.meta.dirname, '../children/vault-process.ts');

export interface ChildOptions {
  /** Cost of slots that are made or renewed; measured by the product where absent. */
  readonly kdf?: KdfParameters;
  readonly nodeFlags?: readonly string[];
  /** Another than the source: one that was bundled. */
  readonly program?: string;
}

export interface AsideAnswer {
  readonly stallMs: number;
  /** Bytes. */
  readonly heapUsed: number;
  readonly external: number;
}

/** The vault's calls over any pipe. */
export class VaultCaller {
  readonly bugs: unknown[] = [];
  readonly #link: Link;
  readonly #waiting = new Map<string, (() => void)[]>();
  readonly #window = new TypingWindow(() => this.#link.call('vault:sealing-key', {}));

  constructor(pipe: MessagePipe) {
    const heard = (name: string) => () => {
      for (const resolve of this.#waiting.get(name) ?? []) resolve();
      this.#waiting.delete(name);
    };
    this.#link = new ProcessLink<VaultCalls, object, ShellCalls, VaultAnnouncements>(pipe, {
      calls: {
        'approval:open': () => null,
        'approval:ask': (shown) => this.#window.answer(approvalOf(shown)),
        'approval:quick-unlock': () => {
          throw new Error('no quick unlock here');
        },
        'breach:fetch-range': () => '',
        'clipboard:write-secret': () => ({ clearAfterMs: 30_000 }),
      },
      announcements: {
        'approval:closed': heard('approval:closed'),
        'vault:unlocked': heard('vault:unlocked'),
        'items:changed': heard('items:changed'),
        'searches:changed': heard('searches:changed'),
        'vault:rekeyed': heard('vault:rekeyed'),
        'work:progressed': heard('work:progressed'),
        'integrity:checked': heard('integrity:checked'),
        'transfer:progressed': heard('transfer:progressed'),
      },
      reportBug: (bug) => void this.bugs.push(bug),
    });
  }

  async call<Name extends keyof VaultCalls>(
    name: Name,
    input: TypedInput<Name>,
  ): Promise<VaultCalls[Name]['output']> {
    const sealed = await this.#window.seal(name, input);
    return (await this.#link.call(name, sealed as never)) as VaultCalls[Name]['output'];
  }

  /** The next announcement of this name. */
  announced(name: keyof VaultAnnouncements): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.set(name, [...(this.#waiting.get(name) ?? []), resolve]);
    });
  }

  /** A window seals what is typed, and loads for it what main does not need: here both are one process. */
  async openWindow(): Promise<void> {
    const secret = { type: 'password', password: toUtf8('typed') } as const;
    await this.#window.seal('vault:open-file', { path: '', secret });
  }

  unlock(path: string): Promise<null> {
    const secret = { type: 'password', password: toUtf8(BENCH_PASSWORD) } as const;
    return this.call('vault:open-file', { path, secret });
  }

  firstPage(text = ''): Promise<VaultCalls['items:list']['output']> {
    const section = { in: 'all' } as const;
    return this.call('items:list', { section, text, sort: 'title', offset: 0, limit: 100 });
  }
}

export class VaultChild extends VaultCaller {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    super({
      post: (message) => {
        if (child.connected) child.send(message as object);
      },
      onMessage: (listener) => {
        child.on('message', (message) => {
          if (!('aside' in (message as object))) listener(message);
        });
      },
      onClose: (listener) => {
        child.once('exit', listener);
      },
    });
    this.#child = child;
  }

  /** Starts one and waits until it answers. */
  static async start(options: ChildOptions = {}): Promise<VaultChild> {
    const { kdf, nodeFlags = [], program = PROGRAM } = options;
    const child = fork(program, kdf === undefined ? [] : [JSON.stringify(kdf)], {
      serialization: 'advanced',
      execArgv: ['--disable-warning=ExperimentalWarning', ...VAULT_PROCESS_FLAGS, ...nodeFlags],
    });
    const started = new VaultChild(child);
    await started.aside('gc');
    return started;
  }

  get pid(): number {
    const { pid } = this.#child;
    if (pid === undefined) throw new Error('vault child: not running');
    return pid;
  }

  /** Beside the link: `begin` and `stall` enclose a measurement of the child's own loop; `gc` needs `--expose-gc`. */
  aside(aside: 'begin' | 'stall' | 'gc'): Promise<AsideAnswer> {
    return new Promise((resolve, reject) => {
      const onExit = (): void => {
        reject(new Error('vault child: ended'));
      };
      const onMessage = (message: unknown): void => {
        if (typeof message !== 'object' || message === null || !('aside' in message)) return;
        this.#child.off('message', onMessage);
        this.#child.off('exit', onExit);
        resolve(message as unknown as AsideAnswer);
      };
      this.#child.on('message', onMessage);
      this.#child.once('exit', onExit);
      this.#child.send({ aside });
    });
  }

  /** Locks as the product does: the file is closed in order, then the process goes. */
  async lock(): Promise<void> {
    await this.call('vault:close', null);
    await this.end();
  }

  async end(): Promise<void> {
    const { exitCode, signalCode } = this.#child;
    if (exitCode !== null || signalCode !== null) return;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill();
    await ended;
  }
}

function approvalOf(shown: ShownPrompt): TypedAnswer {
  const { prompt, promptHash } = shown;
  const { sessionId, stage } = prompt;
  const credentialId = prompt.kind === 'get' ? (prompt.accounts[0]?.credentialId ?? null) : null;
  const secret = prompt.asksPassword
    ? ({ type: 'password', password: toUtf8(BENCH_PASSWORD) } as const)
    : null;
  return { sessionId, stage, promptHash, decision: 'approve', credentialId, secret };
}
