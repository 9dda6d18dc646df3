// utilityProcess: a child that runs one module on Node, with a parentPort and without the electron of the main
// process. Messages are structured clones (V8's), so bytes stay bytes.
// SPDX-License-Identifier: MIT

import { fork, type ChildProcess, type Serializable } from 'node:child_process';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { strictObject } from '../page/strict-object.ts';
import { notImplemented } from './not-implemented.ts';
import { StrictEmitter } from './strict-emitter.ts';

const BOOTSTRAP = fileURLToPath(new URL('../modules/utility-bootstrap.cjs', import.meta.url));

type Stream = 'pipe' | 'ignore' | 'inherit';

interface ForkOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly execArgv?: readonly string[];
  readonly cwd?: string;
  readonly stdio?: string | readonly Stream[];
  readonly serviceName?: string;
}

const KNOWN_OPTIONS: ReadonlySet<string> = new Set([
  'env',
  'execArgv',
  'cwd',
  'stdio',
  'serviceName',
]);

class UtilityProcess extends StrictEmitter {
  readonly #child: ChildProcess;
  readonly stdout: NodeJS.ReadableStream | null;
  readonly stderr: NodeJS.ReadableStream | null;
  pid: number | undefined;

  constructor(modulePath: string, args: readonly string[], options: ForkOptions) {
    super('utilityProcess', ['spawn', 'exit', 'message', 'error']);
    this.#child = fork(modulePath, args, {
      serialization: 'advanced',
      execArgv: [
        '--disable-warning=ExperimentalWarning',
        '-r',
        BOOTSTRAP,
        ...(options.execArgv ?? []),
      ],
      env: options.env ?? process.env,
      stdio: [...streams(options.stdio), 'ipc'],
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    this.stdout = this.#child.stdout;
    this.stderr = this.#child.stderr;
    this.#child.once('spawn', () => {
      this.pid = this.#child.pid;
      this.emit('spawn');
    });
    this.#child.on('message', (message) => this.emit('message', message));
    this.#child.once('exit', (code, signal) => {
      this.pid = undefined;
      this.emit('exit', code ?? constants.signals[signal ?? 'SIGKILL']);
    });
    // A message to a child that is just ending has nowhere to go; its exit is told.
    this.#child.on('error', () => undefined);
  }

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    if (transfer.length > 0) throw notImplemented('utilityProcess.postMessage with ports');
    if (!this.#child.connected) return;
    try {
      // As the channel would do later, but here, where the caller gets the error.
      this.#child.send(structuredClone(message) as Serializable);
    } catch {
      throw new Error('An object could not be cloned.');
    }
  }

  kill(): boolean {
    return this.#child.kill('SIGTERM');
  }
}

function streams(stdio: ForkOptions['stdio'] = 'inherit'): [Stream, Stream, Stream] {
  const [stdin, stdout, stderr] = typeof stdio === 'string' ? [stdio, stdio, stdio] : stdio;
  if (typeof stdio !== 'string' && stdin !== 'ignore') {
    throw new Error("utilityProcess.fork: stdin must be 'ignore'");
  }
  return ['ignore', stdout as Stream, stderr as Stream];
}

export const utilityProcess = strictObject('utilityProcess', {
  fork(
    modulePath: string,
    args: readonly string[] = [],
    options: ForkOptions = {},
  ): UtilityProcess {
    for (const name of Object.keys(options)) {
      if (!KNOWN_OPTIONS.has(name)) throw notImplemented(`utilityProcess.fork option ${name}`);
    }
    return new UtilityProcess(modulePath, args, options);
  },
});
