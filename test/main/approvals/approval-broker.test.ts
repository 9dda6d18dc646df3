import { describe, expect, it } from 'vitest';
import { ApprovalBroker, ARM_DELAY_MS } from '../../../src/main/approvals/approval-broker.ts';
import type { ApprovalWindow } from '../../../src/main/approvals/approval-window.ts';
import type { ApprovalAnswer, ShownPrompt } from '../../../src/shared/model/approval.ts';
import { HandClock } from '../../support/hand-clock.ts';

const SESSION = '0'.repeat(32);

function shown(stage = 1, sessionId = SESSION): ShownPrompt {
  return {
    prompt: {
      kind: 'no-passkey',
      sessionId,
      stage,
      source: 'test-site',
      origin: 'http://localhost:8080',
      rpId: 'localhost',
      registrableDomain: 'localhost',
      expiresAt: 1,
      clientDataHash: 'x',
      asksPassword: false,
      refusedPasswords: 0,
      refusal: null,
    },
    promptHash: String(stage).repeat(64),
  };
}

function answerTo({ prompt, promptHash }: ShownPrompt, over: Partial<ApprovalAnswer> = {}) {
  const { sessionId, stage } = prompt;
  const plain = { sessionId, stage, promptHash, credentialId: null, secret: null };
  return { ...plain, decision: 'approve', ...over } satisfies ApprovalAnswer;
}

/** A broker whose windows are counted and told apart by web contents id, from 1. */
function world() {
  const clock = new HandClock();
  const opened: {
    window: ApprovalWindow;
    announced: ShownPrompt[];
    closedByUs: boolean;
    closeByPerson: () => void;
    appear: () => void;
  }[] = [];
  const broker = new ApprovalBroker({
    clock,
    windows: {
      open({ onShown, onClosed }) {
        const record = {
          announced: [] as ShownPrompt[],
          closedByUs: false,
          closeByPerson: onClosed,
          appear: onShown,
          window: {
            webContentsId: opened.length + 1,
            announce: (one: ShownPrompt) => record.announced.push(one),
            close: () => {
              record.closedByUs = true;
            },
          },
        };
        opened.push(record);
        return record.window;
      },
    },
  });
  const never = new AbortController().signal;
  const open = (sessionId = SESSION, origin = 'http://localhost', signal = never) =>
    broker.open({ sessionId, origin, vaultPath: `/vaults/${sessionId}` }, signal);
  return { clock, opened, broker, never, open };
}

describe('ApprovalBroker', () => {
  it('shows a stage in one window and hands its answer back', async () => {
    const { broker, clock, opened, never, open } = world();
    await open();
    const asked = broker.ask(shown(), never);
    expect(broker.promptFor(1)).toEqual(shown());
    clock.turn(ARM_DELAY_MS);
    broker.answer(1, answerTo(shown()));
    await expect(asked).resolves.toMatchObject({ decision: 'approve' });
    broker.close(SESSION);
    expect(opened.map((one) => one.closedByUs)).toEqual([true]);
  });

  it('names the vault of the session to its own window alone', async () => {
    const { broker, never, open } = world();
    const gone = expect.objectContaining({ code: 'approvals/gone' }) as Error;
    expect(() => broker.vaultPathFor(1)).toThrow(gone);
    await open();
    void broker.ask(shown(), never).catch(() => undefined);
    expect(broker.vaultPathFor(1)).toBe(`/vaults/${SESSION}`);
    expect(() => broker.vaultPathFor(2)).toThrow(gone);
    broker.close(SESSION);
    expect(() => broker.vaultPathFor(1)).toThrow(gone);
  });

  it('keeps the window for the next stage and arms anew', async () => {
    const { broker, clock, opened, never, open } = world();
    await open();
    const first = broker.ask(shown(1), never);
    broker.promptFor(1);
    clock.turn(ARM_DELAY_MS);
    broker.answer(1, answerTo(shown(1)));
    await first;
    const second = broker.ask(shown(2), never);
    expect(opened).toHaveLength(1);
    expect(opened[0]?.announced).toEqual([shown(2)]);
    clock.turn(ARM_DELAY_MS - 1);
    expect(() => broker.answer(1, answerTo(shown(2)))).toThrow(
      expect.objectContaining({ code: 'approvals/not-armed' }),
    );
    clock.turn(1);
    broker.answer(1, answerTo(shown(2)));
    await expect(second).resolves.toMatchObject({ stage: 2 });
  });

  it('arms anew when the window appears after its page had the prompt', async () => {
    const { broker, clock, opened, never, open } = world();
    await open();
    void broker.ask(shown(), never);
    broker.promptFor(1);
    clock.turn(5_000);
    opened[0]?.appear();
    clock.turn(ARM_DELAY_MS - 1);
    expect(() => broker.answer(1, answerTo(shown()))).toThrow(
      expect.objectContaining({ code: 'approvals/not-armed' }),
    );
    clock.turn(1);
    expect(() => broker.answer(1, answerTo(shown()))).not.toThrow();
  });

  it('refuses an approval before the prompt was fetched, but takes a denial at any time', async () => {
    const { broker, clock, never, open } = world();
    await open();
    const asked = broker.ask(shown(), never);
    clock.turn(10_000);
    expect(() => broker.answer(1, answerTo(shown()))).toThrow(
      expect.objectContaining({ code: 'approvals/not-armed' }),
    );
    broker.answer(1, answerTo(shown(), { decision: 'deny' }));
    await expect(asked).resolves.toMatchObject({ decision: 'deny' });
  });

  it.each([
    ['another hash', 1, answerTo(shown(), { promptHash: 'f'.repeat(64) })],
    ['another stage', 1, answerTo(shown(2))],
    ['another session', 1, answerTo(shown(1, '1'.repeat(32)))],
    ['another window', 2, answerTo(shown())],
  ])('refuses an answer with %s', async (_name, webContentsId, answer) => {
    const { broker, clock, never, open } = world();
    await open();
    void broker.ask(shown(), never);
    broker.promptFor(1);
    clock.turn(ARM_DELAY_MS);
    expect(() => broker.answer(webContentsId, answer)).toThrow(
      expect.objectContaining({ code: 'approvals/gone' }),
    );
  });

  it('shows nothing to a window that is not its own', async () => {
    const { broker, never, open } = world();
    await open();
    void broker.ask(shown(), never);
    expect(broker.promptFor(7)).toBeNull();
  });

  it('takes a closed window as a denial, of this stage and the next', async () => {
    const { broker, opened, never, open } = world();
    await open();
    const asked = broker.ask(shown(1), never);
    opened[0]?.closeByPerson();
    await expect(asked).resolves.toMatchObject({ decision: 'deny', stage: 1 });
    await expect(broker.ask(shown(2), never)).resolves.toMatchObject({
      decision: 'deny',
      stage: 2,
    });
    expect(opened).toHaveLength(1);
  });

  it('ends a pending stage when its signal aborts', async () => {
    const { broker, open } = world();
    await open();
    const page = new AbortController();
    const asked = broker.ask(shown(), page.signal);
    page.abort();
    await expect(asked).rejects.toMatchObject({ code: 'approvals/gone' });
  });

  it('refuses a stage of a ceremony whose turn it is not', async () => {
    const { broker, never } = world();
    await expect(broker.ask(shown(), never)).rejects.toMatchObject({ code: 'approvals/gone' });
  });

  it('opens at most one window under a flood, and queues three of one origin', async () => {
    const { broker, opened, never, open } = world();
    await open();
    void broker.ask(shown(), never);
    const flood = Array.from({ length: 1_000 }, (_, index) =>
      open(index.toString(16).padStart(32, '0')).catch((error: unknown) => error),
    );
    const answered = await Promise.all(
      flood.map((one) => Promise.race([one, new Promise((done) => setImmediate(done, 'waiting'))])),
    );
    expect(answered.filter((one) => one === 'waiting')).toHaveLength(3);
    expect(answered.filter((one) => one instanceof Error)).toHaveLength(997);
    expect(opened).toHaveLength(1);
  });

  it('gives the turn to the next ceremony when one is closed or abandoned', async () => {
    const { broker, never, open } = world();
    await open();
    const second = open('1'.repeat(32));
    const third = open('2'.repeat(32));
    broker.close(SESSION);
    await second;
    const asked = broker.ask(shown(1, '1'.repeat(32)), never);
    broker.abandon();
    await expect(asked).rejects.toMatchObject({ code: 'approvals/gone' });
    await third;
    expect(() => broker.answer(1, answerTo(shown()))).toThrow();
  });

  it('lets a waiting ceremony leave the queue when its page gives up', async () => {
    const { broker, open } = world();
    await open();
    const page = new AbortController();
    const waiting = open('1'.repeat(32), 'http://localhost', page.signal);
    page.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'approvals/gone' });
    const next = open('2'.repeat(32));
    broker.close(SESSION);
    await expect(next).resolves.toBeUndefined();
  });

  it('counts the queue per origin', async () => {
    const { open } = world();
    await open();
    for (const id of ['1', '2', '3']) void open(id.repeat(32), 'http://one.localhost');
    await expect(open('4'.repeat(32), 'http://one.localhost')).rejects.toMatchObject({
      code: 'approvals/queue-full',
    });
    const other = Promise.race([
      open('5'.repeat(32), 'http://two.localhost'),
      Promise.resolve('waits'),
    ]);
    await expect(other).resolves.toBe('waits');
  });
});
