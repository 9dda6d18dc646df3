import { describe, expect, it, vi } from 'vitest';
import { ProcessLink } from '../../../src/main/link/process-link.ts';
import type {
  ShellCalls,
  VaultAnnouncements,
  VaultCalls,
} from '../../../src/main/link/vault-link.ts';
import type { VaultProcess } from '../../../src/main/shell/vault-process-host.ts';
import { VaultSession } from '../../../src/main/shell/vault-session.ts';
import { HandClock } from '../../support/hand-clock.ts';
import { pipePair } from '../../support/pipe-pair.ts';

type Child = ProcessLink<ShellCalls, VaultAnnouncements, VaultCalls, object>;

/** A vault process without a vault: says it is unlocked when asked to open, and closes as `onClose` says. */
function world(onClose: () => Promise<null> | null = () => null) {
  const clock = new HandClock();
  const log: string[] = [];
  const processes: { kill: () => void; isAlive: boolean }[] = [];
  const start = (): VaultProcess => {
    const [main, side] = pipePair();
    const ended = Promise.withResolvers<undefined>();
    const record = {
      isAlive: true,
      kill: () => {
        if (!record.isAlive) return;
        record.isAlive = false;
        log.push(`ended ${number}`);
        main.close();
        ended.resolve(undefined);
      },
    };
    const number = processes.push(record);
    log.push(`started ${number}`);
    const child: Child = new ProcessLink(side.pipe, {
      calls: {
        'vault:open-file': ({ path }: { path: string }) => {
          child.announce('vault:unlocked', { path });
          return null;
        },
        'vault:close': () => {
          log.push(`closing ${number}`);
          return onClose();
        },
      } as never,
      announcements: {},
      reportBug: () => undefined,
    });
    return { pipe: main.pipe, ended: ended.promise, kill: record.kill };
  };
  const session = new VaultSession({
    start,
    clock,
    calls: {} as never,
    onProcessEnded: () => log.push('process ended'),
    onApprovalClosed: () => undefined,
    onItemsChanged: () => undefined,
    onSearchesChanged: () => undefined,
    onTransferProgressed: () => undefined,
    onWorkProgressed: () => undefined,
    onIntegrityChecked: () => undefined,
    onRekeyed: () => undefined,
    onUnlocked: (path) => log.push(`unlocked ${path}`),
    onLocked: () => log.push('locked'),
    reportBug: () => undefined,
  });
  const open = () =>
    session.call('vault:open-file', {
      path: '/a',
      secret: { type: 'password', password: SEALED },
    });
  return { clock, log, processes, session, open };
}

const SEALED = {
  ...{ keyId: '00'.repeat(16), enc: new Uint8Array(32), ciphertext: new Uint8Array(80) },
};

describe('VaultSession', () => {
  it('locks windows first, then closes the file, then ends the process', async () => {
    const { session, open, log } = world();
    await open();
    expect(session.isUnlocked).toBe(true);
    await session.lock();
    expect(session.isUnlocked).toBe(false);
    expect(log).toEqual([
      'started 1',
      'unlocked /a',
      'locked',
      'closing 1',
      'ended 1',
      'process ended',
    ]);
  });

  it('starts the next process only when the last one is gone', async () => {
    const closing = Promise.withResolvers<null>();
    const { session, open, log } = world(() => closing.promise);
    await open();
    const locking = session.lock();
    const next = open();
    await vi.waitFor(() => expect(log).toContain('closing 1'));
    expect(log).not.toContain('started 2');
    closing.resolve(null);
    await Promise.all([locking, next]);
    expect(log.indexOf('started 2')).toBeGreaterThan(log.indexOf('ended 1'));
  });

  it('starts nothing beside a lock that began in the same breath', async () => {
    const { session, open, log, processes } = world();
    await open();
    const calling = open();
    const locking = session.lock();
    await Promise.all([calling, locking]);
    expect(log.filter((line) => line.startsWith('started'))).toHaveLength(2);
    expect(processes.filter(({ isAlive }) => isAlive)).toHaveLength(1);
    expect(log.indexOf('started 2')).toBeGreaterThan(log.indexOf('ended 1'));
  });

  it('ends a process that does not close in time', async () => {
    const { session, open, clock, log } = world(() => new Promise<null>(() => undefined));
    await open();
    const locking = session.lock();
    await vi.waitFor(() => expect(log).toContain('closing 1'));
    clock.turn(1_500);
    await locking;
    expect(log).toContain('ended 1');
    expect(clock.pending).toBe(0);
  });

  it('is locked when the process dies by itself, and works again with a new one', async () => {
    const { session, open, processes, log } = world();
    await open();
    processes[0]?.kill();
    await vi.waitFor(() => expect(log).toContain('locked'));
    expect(session.isUnlocked).toBe(false);
    await open();
    expect(session.isUnlocked).toBe(true);
    expect(log.filter((line) => line === 'locked')).toHaveLength(1);
  });

  it('fails a call whose process ends under it', async () => {
    const { session, open, processes } = world(() => new Promise<null>(() => undefined));
    await open();
    const waiting = session.call('vault:close', null);
    await Promise.resolve();
    processes[0]?.kill();
    await expect(waiting).rejects.toMatchObject({ code: 'ipc/vault-process-ended' });
  });
});
