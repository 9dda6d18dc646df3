// Key presses in a page that the application may claim: `before-input-event` first, then, when the page left the key
// alone, the accelerators of the application menu.
// SPDX-License-Identifier: MIT

export interface AcceleratorKeys {
  readonly accelerator: string;
  /** What `KeyboardEvent.key` says in lower case. */
  readonly key: string;
  /** What `KeyboardEvent.code` says, for keys whose character changes with Shift. */
  readonly code: string | null;
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
  readonly meta: boolean;
}

export interface KeyRules {
  readonly accelerators: readonly AcceleratorKeys[];
  /** Whether the main process listens to `before-input-event`. */
  readonly inputEvents: boolean;
}

interface Claims {
  readonly accelerator: (accelerator: string) => void;
  /** Whether the main process prevented the key. */
  readonly input: (input: unknown) => boolean;
}

export function watchKeys(rules: () => KeyRules, claims: Claims): void {
  for (const type of ['keydown', 'keyup'] as const) {
    window.addEventListener(
      type,
      (event) => {
        if (!event.isTrusted) return;
        if (rules().inputEvents && claims.input(inputOf(event))) {
          event.preventDefault();
          event.stopImmediatePropagation();
        } else if (type === 'keydown') {
          claimAccelerator(rules(), event, claims);
        }
      },
      { capture: true },
    );
  }
}

/** The page goes first: a key that one of its listeners prevented is not an accelerator. */
function claimAccelerator({ accelerators }: KeyRules, event: KeyboardEvent, claims: Claims): void {
  const match = accelerators.find((keys) => isPressed(keys, event));
  if (match === undefined) return;
  setTimeout(() => {
    if (!event.defaultPrevented) claims.accelerator(match.accelerator);
  });
}

function isPressed(keys: AcceleratorKeys, event: KeyboardEvent): boolean {
  return (
    (event.key.toLowerCase() === keys.key || event.code === keys.code) &&
    event.ctrlKey === keys.ctrl &&
    event.shiftKey === keys.shift &&
    event.altKey === keys.alt &&
    event.metaKey === keys.meta
  );
}

function inputOf(event: KeyboardEvent): unknown {
  return {
    type: event.type === 'keydown' ? 'keyDown' : 'keyUp',
    key: event.key,
    code: event.code,
    isAutoRepeat: event.repeat,
    isComposing: event.isComposing,
    shift: event.shiftKey,
    control: event.ctrlKey,
    alt: event.altKey,
    meta: event.metaKey,
    location: event.location,
    modifiers: [],
  };
}
