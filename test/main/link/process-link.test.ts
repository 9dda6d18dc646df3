import { describe, expect, it } from 'vitest';
import { ProcessLink, type CallHandlers } from '../../../src/main/link/process-link.ts';
import { AppError } from '../../../src/shared/errors.ts';
import { pipePair } from '../../support/pipe-pair.ts';

interface Calls {
  readonly double: {
    readonly input: { readonly bytes: Uint8Array };
    readonly output: { readonly bytes: Uint8Array };
  };
  readonly refuse: { readonly input: null; readonly output: null };
  readonly crash: { readonly input: null; readonly output: null };
  readonly wait: { readonly input: null; readonly output: string };
}

interface Told {
  readonly changed: { readonly revision: number };
}

const calls: CallHandlers<Calls> = {
  double: ({ bytes }) => ({ bytes: Uint8Array.from([...bytes, ...bytes]) }),
  refuse: () => {
    throw new AppError('vault/wrong-password', 'no', { details: { tries: 2 } });
  },
  crash: () => {
    throw new TypeError('a message with a secret');
  },
  wait: (_input, signal) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        reject(new AppError('ipc/cancelled', 'told to stop'));
      });
    }),
};

function world() {
  const [left, right] = pipePair();
  const bugs: unknown[] = [];
  const heard: Told['changed'][] = [];
  const asking = new ProcessLink<Calls, Told, object, object>(left.pipe, {
    calls: {},
    announcements: {},
    reportBug: (bug) => bugs.push(bug),
  });
  new ProcessLink<object, object, Calls, Told>(right.pipe, {
    calls,
    announcements: { changed: (payload) => heard.push(payload) },
    reportBug: (bug) => bugs.push(bug),
  });
  return { asking, left, right, bugs, heard };
}

describe('ProcessLink', () => {
  it('carries bytes there and back and zeroes what it sent', async () => {
    const { asking } = world();
    const bytes = Uint8Array.of(1, 2, 3);
    const { bytes: doubled } = await asking.call('double', { bytes });
    expect(doubled).toEqual(Uint8Array.of(1, 2, 3, 1, 2, 3));
    expect(bytes).toEqual(new Uint8Array(3));
  });

  it('brings a coded error back with its details', async () => {
    const { asking } = world();
    await expect(asking.call('refuse', null)).rejects.toMatchObject({
      code: 'vault/wrong-password',
      details: { tries: 2 },
    });
  });

  it('tells of a bug by code alone and reports it on its own side', async () => {
    const { asking, bugs } = world();
    const error: unknown = await asking.call('crash', null).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'ipc/internal', details: {} });
    expect(String(error)).not.toContain('secret');
    expect(bugs).toEqual([expect.any(TypeError)]);
  });

  it('cancels on the other side when the signal aborts', async () => {
    const { asking } = world();
    const controller = new AbortController();
    const waiting = asking.call('wait', null, controller.signal);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'ipc/cancelled' });
  });

  it('refuses a call whose signal is aborted already', async () => {
    const { asking } = world();
    await expect(asking.call('wait', null, AbortSignal.abort())).rejects.toMatchObject({
      code: 'ipc/cancelled',
    });
  });

  it('fails every open and later call when the pipe closes', async () => {
    const { asking, left } = world();
    const waiting = asking.call('wait', null);
    left.close();
    await expect(waiting).rejects.toMatchObject({ code: 'ipc/vault-process-ended' });
    await expect(asking.call('refuse', null)).rejects.toMatchObject({
      code: 'ipc/vault-process-ended',
    });
  });

  it('announces without an answer', async () => {
    const { asking, heard } = world();
    asking.announce('changed', { revision: 7 });
    await asking.call('double', { bytes: Uint8Array.of() });
    expect(heard).toEqual([{ revision: 7 }]);
  });

  it('answers a call it does not know with a code, even one named like an object member', async () => {
    const { asking } = world();
    for (const name of ['nothing', 'constructor', '__proto__']) {
      await expect(asking.call(name as never, null)).rejects.toMatchObject({
        code: 'ipc/unknown-channel',
      });
    }
  });
});

describe('pipePair', () => {
  it('clones what it carries, as two processes would', async () => {
    const [left, right] = pipePair();
    const received = new Promise<unknown>((resolve) => {
      right.pipe.onMessage(resolve);
    });
    const sent = { bytes: Uint8Array.of(1) };
    left.pipe.post(sent);
    sent.bytes.fill(0);
    await expect(received).resolves.toEqual({ bytes: Uint8Array.of(1) });
  });
});
