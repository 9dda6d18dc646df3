// Accelerators as Electron writes them ("CmdOrCtrl+Shift+K") as the keys that a page reports.
// SPDX-License-Identifier: MIT

import type { AcceleratorKeys } from '../page/keys.ts';

const NAMED_KEYS: Readonly<Record<string, string>> = {
  plus: '+',
  space: ' ',
  esc: 'escape',
  return: 'enter',
  up: 'arrowup',
  down: 'arrowdown',
  left: 'arrowleft',
  right: 'arrowright',
};

const CODES: Readonly<Record<string, string>> = {
  ',': 'Comma',
  '.': 'Period',
  '/': 'Slash',
  ';': 'Semicolon',
  "'": 'Quote',
  '[': 'BracketLeft',
  ']': 'BracketRight',
  '\\': 'Backslash',
  '`': 'Backquote',
  '-': 'Minus',
  '=': 'Equal',
};

const MODIFIERS: Readonly<Record<string, 'ctrl' | 'shift' | 'alt' | 'meta'>> = {
  ctrl: 'ctrl',
  control: 'ctrl',
  commandorcontrol: 'ctrl',
  cmdorctrl: 'ctrl',
  shift: 'shift',
  alt: 'alt',
  option: 'alt',
  super: 'meta',
  meta: 'meta',
  cmd: 'meta',
  command: 'meta',
};

/** Throws for what Electron would not accept either. */
export function parseAccelerator(accelerator: string): AcceleratorKeys {
  // A plus sign as the key itself would be split away.
  const parts = accelerator.toLowerCase().replace(/\+\+$/, '+plus').split('+');
  const name = parts.pop() ?? '';
  const pressed = { ctrl: false, shift: false, alt: false, meta: false };
  for (const part of parts) {
    const modifier = MODIFIERS[part];
    if (modifier === undefined) throw new TypeError(`Error processing argument: ${accelerator}`);
    pressed[modifier] = true;
  }
  if (name === '' || name in MODIFIERS) {
    throw new TypeError(`Error processing argument: ${accelerator}`);
  }
  return { accelerator, key: NAMED_KEYS[name] ?? name, code: codeOf(name), ...pressed };
}

function codeOf(name: string): string | null {
  if (/^[a-z]$/.test(name)) return `Key${name.toUpperCase()}`;
  if (/^[0-9]$/.test(name)) return `Digit${name}`;
  return CODES[name] ?? null;
}
