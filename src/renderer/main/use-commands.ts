// Carries commands out: from the keyboard and from the application menu.
// SPDX-License-Identifier: MIT

import { useEffect } from 'react';
import { toChord, type KeyPress } from '../ui/key-chord.ts';
import { hasOverlay } from '../ui/overlays.ts';
import type { Command } from './command.ts';
import { commandById, commandOf, runCommand } from './commands.ts';
import type { MainServices } from './services.ts';

export function useCommands(services: MainServices): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || event.repeat) return;
      if (handleKey(event, event.target, services)) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    const stop = services.events['menu:chosen'](({ command: id }) => {
      const command = commandById(id);
      if (command && reachesBelow(command, services)) runCommand(id, services);
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
  if (!reachesBelow(command, services)) return false;
  if (command.isTextKey === true && isTextEntry(target)) return false;
  return runCommand(command.id, services);
}

/** Whether nothing stands between the person and what the command acts on: a dialog keeps keys to itself. */
function reachesBelow(command: Command, { view }: MainServices): boolean {
  if (!hasOverlay() || command.isAboveDialogs === true) return true;
  // The key that opened the palette closes it.
  return command.id === 'palette' && view.get().isPaletteOpen;
}

function isTextEntry(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, [contenteditable]');
}
