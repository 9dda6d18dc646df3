import { describe, expect, it } from 'vitest';
import { SecretClipboard } from '../../../src/main/shell/secret-clipboard.ts';
import { HandClock } from '../../support/hand-clock.ts';

function world(start = '') {
  const desktop = { text: start, clears: 0 };
  const clock = new HandClock();
  let told = 0;
  let broken = 0;
  const secrets = new SecretClipboard({
    clock,
    clipboard: {
      readText: () => {
        if (broken === 0) return Promise.resolve(desktop.text);
        broken -= 1;
        return Promise.reject(new Error('busy'));
      },
      writeText: (text) => {
        desktop.text = text;
        return Promise.resolve();
      },
      clear: () => {
        desktop.text = '';
        desktop.clears += 1;
      },
    },
    onCleared: () => {
      told += 1;
    },
  });
  return {
    desktop,
    clock,
    secrets,
    told: () => told,
    breakReads: (count: number) => void (broken = count),
  };
}

/** Lets what the clock started come to rest. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('SecretClipboard', () => {
  it('takes the secret away after its time and says so', async () => {
    const { desktop, clock, secrets, told } = world();
    await secrets.write('s3cret', 30_000);
    expect(desktop.text).toBe('s3cret');
    clock.turn(29_999);
    await settle();
    expect(desktop.text).toBe('s3cret');
    clock.turn(1);
    await settle();
    expect([desktop.text, told()]).toEqual(['', 1]);
  });

  it('leaves alone what somebody else copied meanwhile', async () => {
    const { desktop, clock, secrets, told } = world();
    await secrets.write('s3cret', 30_000);
    desktop.text = 'shopping list';
    clock.turn(30_000);
    await settle();
    expect([desktop.text, desktop.clears, told()]).toEqual(['shopping list', 0, 0]);
  });

  it('clears at once on lock and quit, and not again at the old time', async () => {
    const { desktop, clock, secrets } = world();
    await secrets.write('s3cret', 30_000);
    await secrets.clear();
    expect(desktop.text).toBe('');
    desktop.text = 's3cret';
    clock.turn(60_000);
    await settle();
    expect(desktop.text).toBe('s3cret');
    expect(clock.pending).toBe(0);
  });

  it('touches nothing on clear when it never wrote', async () => {
    const { desktop, secrets } = world('mine');
    await secrets.clear();
    expect([desktop.text, desktop.clears]).toEqual(['mine', 0]);
  });

  it('gives a second copy its own full time', async () => {
    const { desktop, clock, secrets } = world();
    await secrets.write('one', 30_000);
    clock.turn(20_000);
    await secrets.write('two', 30_000);
    clock.turn(29_999);
    await settle();
    expect(desktop.text).toBe('two');
    clock.turn(1);
    await settle();
    expect(desktop.text).toBe('');
  });

  it('ends empty however copies and clears interleave', async () => {
    for (let seed = 0; seed < 50; seed += 1) {
      const { desktop, secrets } = world();
      const steps = Array.from({ length: 8 }, (_, index) =>
        (seed >> (index % 6)) & 1 ? secrets.write(`s${index}`, 30_000) : secrets.clear(),
      );
      await Promise.all([...steps, secrets.clear()]);
      expect(desktop.text).toBe('');
    }
  });

  it('takes the secret away at the next clear when the first could not look', async () => {
    const { desktop, secrets, breakReads } = world();
    await secrets.write('s3cret', 30_000);
    breakReads(1);
    await expect(secrets.clear()).rejects.toThrow('busy');
    await secrets.clear();
    expect(desktop.text).toBe('');
  });

  it('goes on after an access that failed', async () => {
    const { secrets, desktop } = world();
    const broken = secrets.write(null as unknown as string, 1).catch(() => undefined);
    await broken;
    await secrets.write('next', 30_000);
    expect(desktop.text).toBe('next');
  });
});
