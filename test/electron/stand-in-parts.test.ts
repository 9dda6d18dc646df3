// The parts of the stand-in that need no browser: policies, addresses, accelerators, strictness, window options.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { parseAccelerator } from './api/accelerator.ts';
import {
  ADDED_CONNECT_SOURCE,
  withIpcAllowed,
  withIpcAllowedInHtml,
} from './api/content-security-policy.ts';
import { ProtocolRegistry } from './api/protocol.ts';
import { newEvent, StrictEmitter, strictStatics } from './api/strict-emitter.ts';
import { originOf, toExternalUrl, toInternalUrl } from './api/urls.ts';
import { checkWindowOptions } from './api/window-options.ts';
import { findChromium } from './devtools/chromium.ts';
import { strictObject } from './page/strict-object.ts';

const SAFE = { sandbox: true, contextIsolation: true, nodeIntegration: false } as const;

describe('withIpcAllowed', () => {
  it.each([
    ["connect-src 'none'", `connect-src ${ADDED_CONNECT_SOURCE}`],
    ["connect-src 'self'", `connect-src 'self' ${ADDED_CONNECT_SOURCE}`],
    [
      "default-src 'none'; script-src 'self'",
      `default-src 'none'; script-src 'self'; connect-src ${ADDED_CONNECT_SOURCE}`,
    ],
    ["script-src 'self'", "script-src 'self'"],
  ])('turns %s into %s', (policy, expected) => {
    expect(withIpcAllowed(policy)).toBe(expected);
  });

  it('changes a policy in the markup, and no other element', () => {
    const html = `<meta name="viewport" content="default-src"><meta http-equiv="Content-Security-Policy" content="default-src 'none'">`;
    expect(withIpcAllowedInHtml(html)).toBe(
      `<meta name="viewport" content="default-src"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; connect-src ${ADDED_CONNECT_SOURCE}">`,
    );
  });
});

describe('addresses', () => {
  it('are translated for registered schemes and hosts in use, and for no others', () => {
    new ProtocolRegistry().api.handle('app', () => new Response());
    expect(toExternalUrl('https://elsewhere/x')).toBe('https://elsewhere/x');
    expect(toInternalUrl('app://latchkey/a?b#c')).toBe('https://latchkey/a?b#c');
    expect(toExternalUrl('https://latchkey/a?b#c')).toBe('app://latchkey/a?b#c');
    expect(toInternalUrl('other://latchkey/a')).toBe('other://latchkey/a');
    expect(originOf('app://latchkey/a')).toBe('app://latchkey');
    expect(originOf('about:blank')).toBe('null');
  });
});

describe('parseAccelerator', () => {
  it.each([
    [
      'CmdOrCtrl+Shift+K',
      { key: 'k', code: 'KeyK', ctrl: true, shift: true, alt: false, meta: false },
    ],
    ['F11', { key: 'f11', code: null, ctrl: false, shift: false, alt: false, meta: false }],
    [
      'Alt+Left',
      { key: 'arrowleft', code: null, ctrl: false, shift: false, alt: true, meta: false },
    ],
    ['Ctrl++', { key: '+', code: null, ctrl: true, shift: false, alt: false, meta: false }],
    [
      'CommandOrControl+,',
      { key: ',', code: 'Comma', ctrl: true, shift: false, alt: false, meta: false },
    ],
  ])('reads %s', (accelerator, keys) => {
    expect(parseAccelerator(accelerator)).toEqual({ accelerator, ...keys });
  });

  it.each(['', 'Ctrl', 'Ctrl+', 'Hyper+K'])('refuses "%s"', (accelerator) => {
    expect(() => parseAccelerator(accelerator)).toThrow('Error processing argument');
  });
});

describe('strictness', () => {
  class Thing extends StrictEmitter {
    readonly known = 1;
    constructor() {
      super('thing', ['happened']);
    }
  }
  strictStatics('Thing', Thing);

  it('throws for unknown members, events and static members', () => {
    const thing = new Thing() as Thing & Record<string, unknown>;
    expect(thing.known).toBe(1);
    expect(() => thing.unknown).toThrow('not implemented in the stand-in: thing.unknown');
    expect(() => (thing.unknown = 1)).toThrow('thing.unknown');
    expect(() => thing.on('other', () => undefined)).toThrow("thing.on('other')");
    expect(() => Reflect.get(Thing, 'make') as unknown).toThrow('Thing.make');
  });

  it('lets known members be replaced, as tests do', () => {
    const object = strictObject('object', { answer: (): number => 1 });
    object.answer = () => 2;
    expect(object.answer()).toBe(2);
    expect(() => Reflect.get(object, 'other') as unknown).toThrow('object.other');
  });

  it('knows whether an event was prevented', () => {
    const event = newEvent({ url: 'x' });
    expect(event.defaultPrevented).toBe(false);
    event.preventDefault();
    expect([event.defaultPrevented, event.url]).toEqual([true, 'x']);
  });
});

describe('checkWindowOptions', () => {
  it('takes safe settings', () => {
    const webPreferences = { ...SAFE, webSecurity: true, devTools: false, preload: '/p.cjs' };
    expect(checkWindowOptions({ width: 1, webPreferences })).toBe(webPreferences);
  });

  it.each([
    [{}, 'sandbox: true'],
    [{ webPreferences: { ...SAFE, contextIsolation: false } }, 'contextIsolation: true'],
    [{ webPreferences: { ...SAFE, nodeIntegration: true } }, 'nodeIntegration: false'],
    [{ webPreferences: { ...SAFE, webSecurity: false } }, 'webPreferences.webSecurity: false'],
    [{ webPreferences: { ...SAFE, webviewTag: true } }, 'webPreferences.webviewTag: true'],
    [{ webPreferences: { ...SAFE, offscreen: true } }, 'webPreferences.offscreen'],
    [{ kiosk: true, webPreferences: SAFE }, 'BrowserWindow option kiosk'],
  ])('refuses %j', (options, message) => {
    expect(() => checkWindowOptions(options)).toThrow(message);
  });
});

describe('findChromium', () => {
  it('names the command that installs it where it is missing', () => {
    expect(() => findChromium({ LATCHKEY_CHROMIUM: '/nowhere/chromium' })).toThrow(
      'apt-get install chromium',
    );
  });
});
