// Carries commands out: from the keyboard and from the application menu.
// SPDX-License-Identifier: MIT

import { useEffect } from 'react';
import { toChord, type KeyPress } from '../ui/key-chord.ts';
import { commandOf, runCommand } from './commands.ts';
import type { MainServices } from './services.ts';

export function useCommands(services: MainServices): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || event.repeat) return;
      if (handleKey(event, event.target, services)) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    const stop = services.events['menu:chosen'](({ command }) => {
      runCommand(command, services);
    });
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      stop();
    };
  }, [services]);
}

function handleKey(press: KeyPress, target: EventTarget | null, services: MainServices): boolean {
  const command = commandOf(toChord(press, services.isMac));
  if (!command) return false;
  // With the palette open only its own key counts: what lies under it is not in sight.
  if (services.view.get().isPaletteOpen && command.id !== 'palette') return false;
  if (command.isTextKey === true && isTextEntry(target)) return false;
  return runCommand(command.id, services);
}

function isTextEntry(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, [contenteditable]');
}
