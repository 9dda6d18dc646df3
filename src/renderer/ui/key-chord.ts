// Key chords as text, `Mod+Shift+K`: read from a keyboard event and written as the system writes them.
// `Mod` is Command on macOS and Control elsewhere.
// SPDX-License-Identifier: MIT

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** The chord of a key press in the notation of the command table. */
export function toChord(press: KeyPress, isMac: boolean): string {
  const isMod = isMac ? press.metaKey : press.ctrlKey;
  const key = press.key.length === 1 ? press.key.toUpperCase() : press.key;
  // Shift is part of the character for marks such as `?`; for letters and named keys it is a modifier.
  const isShifted = press.shiftKey && (press.key.length > 1 || /^\p{L}$/u.test(press.key));
  return [isMod && 'Mod', press.altKey && 'Alt', isShifted && 'Shift', key]
    .filter(Boolean)
    .join('+');
}

const MAC_SIGNS: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥' };
const NAMES: Readonly<Record<string, string>> = {
  Mod: 'Ctrl',
  Delete: 'Del',
  Enter: '↵',
  Backspace: '⌫',
  Escape: 'Esc',
};

/** `Ctrl K` or `⌘K`. */
export function formatChord(chord: string, isMac: boolean): string {
  const parts = chord.split('+').map((part) => (isMac ? MAC_SIGNS[part] : NAMES[part]) ?? part);
  return parts.join(isMac ? '' : ' ');
}
