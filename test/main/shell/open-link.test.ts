import { describe, expect, it } from 'vitest';
import { openLink } from '../../../src/main/shell/open-link.ts';

interface Asked {
  readonly host: string;
  readonly isEncrypted: boolean;
}

function ports(answer = true) {
  const asked: Asked[] = [];
  const opened: string[] = [];
  return {
    asked,
    opened,
    confirm: (link: Asked) => {
      asked.push(link);
      return Promise.resolve(answer);
    },
    open: (url: string) => {
      opened.push(url);
      return Promise.resolve();
    },
  };
}

describe('openLink', () => {
  it.each([
    ['https://example.org/a?b', 'example.org', true, 'https://example.org/a?b'],
    ['example.org', 'example.org', true, 'https://example.org/'],
    ['example.org:8443/x', 'example.org:8443', true, 'https://example.org:8443/x'],
    ['http://example.org', 'example.org', false, 'http://example.org/'],
    ['HTTPS://EXAMPLE.org', 'example.org', true, 'https://example.org/'],
  ])('asks about the host of %j and opens it', async (text, host, isEncrypted, url) => {
    const seen = ports();
    expect(await openLink(text, seen)).toBe(true);
    expect([seen.asked, seen.opened]).toEqual([[{ host, isEncrypted }], [url]]);
  });

  it('opens nothing where the person says no', async () => {
    const seen = ports(false);
    expect(await openLink('https://example.org', seen)).toBe(false);
    expect(seen.opened).toEqual([]);
  });

  it.each([
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:text/html,x',
    'smb://host/share',
    'https://user:secret@example.org',
    'https://',
    'mailto:a@example.org',
    'androidapp://com.example',
    '',
    ' ',
  ])('refuses %j unasked', async (text) => {
    const seen = ports();
    await expect(openLink(text, seen)).rejects.toThrow(
      expect.objectContaining({ code: 'ipc/invalid-input' }) as Error,
    );
    expect([seen.asked, seen.opened]).toEqual([[], []]);
  });
});
