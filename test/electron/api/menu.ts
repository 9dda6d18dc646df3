// Menu and MenuItem. There is no menu bar to see: the application menu lives through its accelerators, and its items
// through their `click`.
// SPDX-License-Identifier: MIT

import type { MenuItemConstructorOptions } from 'electron';
import type { AcceleratorKeys } from '../page/keys.ts';
import { strictObject } from '../page/strict-object.ts';
import { parseAccelerator } from './accelerator.ts';
import { notImplemented } from './not-implemented.ts';
import { StrictEmitter, strictStatics } from './strict-emitter.ts';

/** What a role does when its item is chosen; the window may be none. */
type RoleAction = (window: RoleTarget | null) => void;

export interface RoleTarget {
  close: () => void;
  minimize: () => void;
  isFullScreen: () => boolean;
  setFullScreen: (flag: boolean) => void;
  readonly webContents: {
    reload: () => void;
    getZoomFactor: () => number;
    setZoomFactor: (factor: number) => void;
  };
}

/** Roles that the page itself carries out on its usual keys. */
const PAGE_ROLES = [
  'undo',
  'redo',
  'cut',
  'copy',
  'paste',
  'pasteAndMatchStyle',
  'delete',
  'selectAll',
];

const DEFAULT_ACCELERATORS: Readonly<Record<string, string>> = {
  quit: 'Ctrl+Q',
  close: 'CommandOrControl+W',
  minimize: 'CommandOrControl+M',
  reload: 'CommandOrControl+R',
  forceReload: 'Shift+CommandOrControl+R',
  resetZoom: 'CommandOrControl+0',
  zoomIn: 'CommandOrControl+=',
  zoomOut: 'CommandOrControl+-',
  togglefullscreen: 'F11',
};

/** Roles that stand for a whole menu. */
const MENU_ROLES: Readonly<Record<string, readonly string[]>> = {
  fileMenu: ['quit'],
  editMenu: ['undo', 'redo', 'cut', 'copy', 'paste', 'delete', 'selectAll'],
  viewMenu: ['reload', 'forceReload', 'resetZoom', 'zoomIn', 'zoomOut', 'togglefullscreen'],
  windowMenu: ['minimize', 'close'],
};

/** Each step of Electron's zoom is a fifth larger. */
const ZOOM_STEP = 1.2;

const roleActions: Record<string, RoleAction> = {
  close: (window) => window?.close(),
  minimize: (window) => window?.minimize(),
  reload: (window) => window?.webContents.reload(),
  forceReload: (window) => window?.webContents.reload(),
  resetZoom: (window) => window?.webContents.setZoomFactor(1),
  zoomIn: (window) => {
    zoomBy(window, ZOOM_STEP);
  },
  zoomOut: (window) => {
    zoomBy(window, 1 / ZOOM_STEP);
  },
  togglefullscreen: (window) => window?.setFullScreen(!window.isFullScreen()),
};

function zoomBy(window: RoleTarget | null, ratio: number): void {
  window?.webContents.setZoomFactor(window.webContents.getZoomFactor() * ratio);
}

/** The application says once how it is quit. */
export function setQuitRole(quit: () => void): void {
  roleActions.quit = quit;
}

type Click = (event?: unknown, window?: unknown, webContents?: unknown) => void;

let lastCommandId = 0;
let focusedWindow: () => RoleTarget | null = () => null;

export function setFocusedWindowSource(source: () => RoleTarget | null): void {
  focusedWindow = source;
}

export class MenuItem {
  readonly commandId = ++lastCommandId;
  readonly id: string;
  readonly role: MenuItemConstructorOptions['role'];
  readonly type: NonNullable<MenuItemConstructorOptions['type']>;
  readonly submenu: Menu | undefined;
  readonly accelerator: string | null;
  readonly registerAccelerator: boolean;
  label: string;
  sublabel: string;
  toolTip: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  click: Click;

  constructor(options: MenuItemConstructorOptions) {
    const submenu = submenuOf(options);
    this.id = options.id ?? '';
    this.role = options.role;
    this.type = options.type ?? (submenu === undefined ? 'normal' : 'submenu');
    this.submenu = submenu;
    const roleAccelerator = DEFAULT_ACCELERATORS[options.role ?? ''];
    this.accelerator = options.accelerator ?? roleAccelerator ?? null;
    this.registerAccelerator = options.registerAccelerator ?? true;
    this.label = options.label ?? options.role ?? '';
    this.sublabel = options.sublabel ?? '';
    this.toolTip = options.toolTip ?? '';
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.click = (event = {}, window: unknown = focusedWindow()) => {
      if (this.type === 'checkbox') this.checked = !this.checked;
      if (options.role !== undefined) runRole(options.role, window as RoleTarget | null);
      options.click?.(this as never, window as never, event as never);
    };
  }
}

strictObject('menuItem', MenuItem.prototype);

function submenuOf({ submenu, role }: MenuItemConstructorOptions): Menu | undefined {
  if (Array.isArray(submenu)) return Menu.buildFromTemplate(submenu);
  if (submenu !== undefined) return submenu as unknown as Menu;
  const roles = MENU_ROLES[role ?? ''];
  if (roles === undefined) return undefined;
  const template = roles.map((entry) => ({ role: entry }) as MenuItemConstructorOptions);
  return Menu.buildFromTemplate(template);
}

function runRole(role: string, window: RoleTarget | null): void {
  if (PAGE_ROLES.includes(role)) return;
  const action = roleActions[role];
  if (action === undefined) throw notImplemented(`the menu role '${role}'`);
  action(window);
}

let applicationMenu: Menu | null = null;
const onChange = new Set<(keys: readonly AcceleratorKeys[]) => void>();

export class Menu extends StrictEmitter {
  readonly items: MenuItem[] = [];

  constructor() {
    super('menu', ['menu-will-show', 'menu-will-close']);
  }

  static buildFromTemplate(template: (MenuItemConstructorOptions | MenuItem)[]): Menu {
    const menu = new Menu();
    for (const entry of template) {
      menu.append(entry instanceof MenuItem ? entry : new MenuItem(entry));
    }
    return menu;
  }

  static setApplicationMenu(menu: Menu | null): void {
    const keys = acceleratorsOf(menu);
    applicationMenu = menu;
    for (const listener of onChange) listener(keys);
  }

  static getApplicationMenu(): Menu | null {
    return applicationMenu;
  }

  append(item: MenuItem): void {
    this.items.push(item);
  }

  insert(position: number, item: MenuItem): void {
    this.items.splice(position, 0, item);
  }

  getMenuItemById(id: string): MenuItem | null {
    return allItems(this).find((item) => item.id === id) ?? null;
  }
}

strictStatics('Menu', Menu);

function allItems(menu: Menu | null): MenuItem[] {
  return (menu?.items ?? []).flatMap((item) => [item, ...allItems(item.submenu ?? null)]);
}

function acceleratorsOf(menu: Menu | null): readonly AcceleratorKeys[] {
  return allItems(menu).flatMap(({ accelerator, registerAccelerator, role }) =>
    accelerator === null || !registerAccelerator || PAGE_ROLES.includes(role ?? '')
      ? []
      : [parseAccelerator(accelerator)],
  );
}

export function applicationAccelerators(): readonly AcceleratorKeys[] {
  return acceleratorsOf(applicationMenu);
}

export function onApplicationMenuChange(
  listener: (keys: readonly AcceleratorKeys[]) => void,
): void {
  onChange.add(listener);
}

/** Chooses the item that `accelerator` belongs to. */
export function pressAccelerator(accelerator: string, window: RoleTarget): void {
  const item = allItems(applicationMenu).find(
    (candidate) => candidate.accelerator === accelerator && candidate.enabled && candidate.visible,
  );
  item?.click({ triggeredByAccelerator: true }, window);
}
