// The living windows: at most one of each kind. Opens them hardened, knows which web contents are whose, tells them
// events, and destroys them so that nothing they held outlives them.
// SPDX-License-Identifier: MIT

import {
  BrowserWindow,
  nativeTheme,
  session as electronSession,
  type Session,
} from 'electron/main';
import { events, type EventName, type EventPayloads } from '../../shared/ipc/events.ts';
import { WINDOW_KINDS, type WindowKind } from '../../shared/ipc/requests.ts';
import { APP_ORIGIN, APP_SCHEME } from './app-protocol.ts';
import { hardenSession, refuseNavigation } from './harden-session.ts';
import { windowOptions } from './window-options.ts';

export interface WindowParts {
  /** Path of the built preload of a kind of window. */
  preloadPath(kind: WindowKind): string;
  readonly serveApp: (request: Request) => Promise<Response>;
}

export class Windows {
  readonly #parts: WindowParts;
  readonly #living = new Map<WindowKind, BrowserWindow>();
  readonly #sessions = new Map<WindowKind, Session>();

  constructor(parts: WindowParts) {
    this.#parts = parts;
  }

  /**
   * Opens the window of `kind`, or brings the one that exists to the front. `onClosed` runs once it is gone.
   * `behind` shows it without taking the focus from another.
   */
  open(kind: WindowKind, onClosed: () => void, options: { behind?: boolean } = {}): BrowserWindow {
    const living = this.#living.get(kind);
    if (living) {
      present(living);
      return living;
    }
    const window = new BrowserWindow(
      windowOptions(kind, {
        preloadPath: this.#parts.preloadPath(kind),
        session: this.#sessionOf(kind),
        isDark: nativeTheme.shouldUseDarkColors,
      }),
    );
    this.#living.set(kind, window);
    window.setContentProtection(true);
    window.removeMenu();
    refuseNavigation(window.webContents);
    window.once('ready-to-show', () => {
      if (options.behind === true) window.showInactive();
      else present(window);
    });
    window.once('closed', () => {
      if (this.#living.get(kind) === window) this.#living.delete(kind);
      onClosed();
    });
    void window.loadURL(`${APP_ORIGIN}/${kind}.html`);
    return window;
  }

  get(kind: WindowKind): BrowserWindow | null {
    return this.#living.get(kind) ?? null;
  }

  /** Destroys the window of `kind` at once, without asking its page. */
  destroy(kind: WindowKind): void {
    const window = this.#living.get(kind);
    this.#living.delete(kind);
    window?.destroy();
  }

  kindOf(webContentsId: number): WindowKind | null {
    for (const [kind, window] of this.#living) {
      if (!window.isDestroyed() && window.webContents.id === webContentsId) return kind;
    }
    return null;
  }

  /** Tells every living window that the table allows to hear it. */
  announce<E extends EventName>(name: E, payload: EventPayloads[E]): void {
    const hearers: readonly WindowKind[] = events[name];
    for (const kind of WINDOW_KINDS) {
      if (hearers.includes(kind)) this.#living.get(kind)?.webContents.send(name, payload);
    }
  }

  /** In memory only: no cache, no cookies, nothing left on the disk. */
  #sessionOf(kind: WindowKind): Session {
    const known = this.#sessions.get(kind);
    if (known) return known;
    const made = electronSession.fromPartition(`latchkey-${kind}`, { cache: false });
    made.protocol.handle(APP_SCHEME, this.#parts.serveApp);
    hardenSession(made);
    this.#sessions.set(kind, made);
    return made;
  }
}

function present(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
