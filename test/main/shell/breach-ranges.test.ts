import { describe, expect, it } from 'vitest';
import { fetchBreachRange } from '../../../src/main/shell/breach-ranges.ts';

const never = new AbortController().signal;

function service(answer: () => Response | Promise<Response>, isSwitchedOn = true) {
  const asked: { readonly url: string; readonly init: RequestInit }[] = [];
  return {
    asked,
    isSwitchedOn: () => isSwitchedOn,
    fetch: (url: string, init: RequestInit) => {
      asked.push({ url, init });
      return Promise.resolve().then(answer);
    },
  };
}

const failed = (reason: string): Error =>
  expect.objectContaining({ code: 'health/range-query-failed', details: { reason } }) as Error;

describe('fetchBreachRange', () => {
  it('sends five characters and asks for padding, without cookies, cache or redirects', async () => {
    const ports = service(() => new Response('AB:1\r\n'));
    expect(await fetchBreachRange('0A1B2', never, ports)).toBe('AB:1\r\n');
    const [{ url, init } = { url: '', init: {} }] = ports.asked;
    expect(url).toBe('https://api.pwnedpasswords.com/range/0A1B2');
    expect(init).toMatchObject({
      headers: { 'Add-Padding': 'true' },
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
    });
  });

  it('asks nothing while it is switched off', async () => {
    const ports = service(() => new Response(''), false);
    await expect(fetchBreachRange('0A1B2', never, ports)).rejects.toThrow(failed('switched-off'));
    expect(ports.asked).toEqual([]);
  });

  it.each(['0a1b2', '0A1B', '0A1B2C', '../..', '', 'GGGGG'])(
    'sends nothing for %j',
    async (prefix) => {
      const ports = service(() => new Response(''));
      await expect(fetchBreachRange(prefix, never, ports)).rejects.toThrow(failed('prefix'));
      expect(ports.asked).toEqual([]);
    },
  );

  it.each([
    ['status', () => new Response('', { status: 503 })],
    ['network', () => Promise.reject(new TypeError('refused'))],
    ['too-large', () => new Response('A'.repeat(1024 * 1024 + 1))],
    ['network', () => new Response(new Uint8Array([0xff, 0xfe, 0xfd]))],
  ] as const)('fails with %s', async (reason, answer) => {
    await expect(fetchBreachRange('0A1B2', never, service(answer))).rejects.toThrow(failed(reason));
  });
});
