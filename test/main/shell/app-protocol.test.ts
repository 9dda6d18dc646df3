import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ADDED_CONNECT_SOURCE } from '../../electron/api/content-security-policy.ts';
import { appProtocolHandler } from '../../../src/main/shell/app-protocol.ts';

let serve: (request: Request) => Promise<Response>;

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-renderer-'));
  mkdirSync(join(folder, 'renderer/assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'outside');
  writeFileSync(join(folder, 'renderer/main.html'), '<meta content="__CSP_NONCE__">__CSP_NONCE__');
  writeFileSync(join(folder, 'renderer/assets/a.js'), 'export {};');
  serve = appProtocolHandler(join(folder, 'renderer'), (length) => randomBytes(length));
});

describe('appProtocolHandler', () => {
  it('serves a page with a fresh nonce in it and in its policy', async () => {
    const [first, second] = await Promise.all([
      serve(new Request('app://latchkey/main.html')),
      serve(new Request('app://latchkey/main.html')),
    ]);
    const body = await first.text();
    const nonce = /content="([\w-]{22})"/.exec(body)?.[1] ?? 'none';
    expect(body).toBe(`<meta content="${nonce}">${nonce}`);
    const policy = first.headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(await second.text()).not.toContain(nonce);
  });

  it('states a policy without anything unsafe and without a network', async () => {
    const { headers } = await serve(new Request('app://latchkey/assets/a.js'));
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(policy).not.toContain(ADDED_CONNECT_SOURCE);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("connect-src 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  });

  it.each([
    'app://latchkey/',
    'app://latchkey/nothing.html',
    'app://latchkey/../secret.txt',
    'app://latchkey/%2e%2e/secret.txt',
    'app://latchkey/..%2fsecret.txt',
    'app://latchkey//main.html',
    'app://latchkey/assets',
    'app://other/main.html',
  ])('answers 404 to %s', async (url) => {
    const { status } = await serve(new Request(url));
    expect(status).toBe(404);
  });

  it('answers 404 to anything but GET', async () => {
    const request = new Request('app://latchkey/main.html', { method: 'POST' });
    expect((await serve(request)).status).toBe(404);
  });
});
