// The part of a BrowserWindow that is only remembered: title, size, flags. Real windows follow what of it Chromium can
// be told; the rest is there to be asked for, as the tests of the application do.
// SPDX-License-Identifier: MIT

import type { BrowserWindowConstructorOptions, Rectangle } from 'electron';
import { displayArea } from './screen.ts';
import { StrictEmitter } from './strict-emitter.ts';

const DEFAULT_SIZE = { width: 800, height: 600 };

interface Size {
  readonly width: number;
  readonly height: number;
}

export abstract class WindowState extends StrictEmitter {
  #bounds: Rectangle;
  #minimum: Size;
  #title: string;
  #isAlwaysOnTop: boolean;
  #isContentProtected = false;
  readonly #isModal: boolean;
  #isDestroyed = false;

  constructor(events: readonly string[], options: BrowserWindowConstructorOptions) {
    super('BrowserWindow', events);
    this.#title = options.title ?? '';
    this.#isModal = options.modal ?? false;
    this.#isAlwaysOnTop = options.alwaysOnTop ?? false;
    this.#minimum = { width: options.minWidth ?? 0, height: options.minHeight ?? 0 };
    this.#bounds = firstBounds(options);
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  isModal(): boolean {
    this.assertAlive();
    return this.#isModal;
  }

  setTitle(title: string): void {
    this.assertAlive();
    this.#title = title;
  }

  getTitle(): string {
    this.assertAlive();
    return this.#title;
  }

  /** Nothing here can keep the screen from being read; the setting is kept to be asserted on. */
  setContentProtection(enable: boolean): void {
    this.assertAlive();
    this.#isContentProtected = enable;
  }

  isContentProtected(): boolean {
    this.assertAlive();
    return this.#isContentProtected;
  }

  setAlwaysOnTop(flag: boolean): void {
    this.assertAlive();
    this.#isAlwaysOnTop = flag;
  }

  isAlwaysOnTop(): boolean {
    this.assertAlive();
    return this.#isAlwaysOnTop;
  }

  /** There is no menu bar to change. */
  setMenu(_menu: object | null): void {
    this.assertAlive();
  }

  removeMenu(): void {
    this.assertAlive();
  }

  setMenuBarVisibility(_visible: boolean): void {
    this.assertAlive();
  }

  setVisibleOnAllWorkspaces(_visible: boolean): void {
    this.assertAlive();
  }

  flashFrame(_flag: boolean): void {
    this.assertAlive();
  }

  setSkipTaskbar(_skip: boolean): void {
    this.assertAlive();
  }

  setBackgroundColor(_color: string): void {
    this.assertAlive();
  }

  getBounds(): Rectangle {
    this.assertAlive();
    return { ...this.#bounds };
  }

  getContentBounds(): Rectangle {
    return this.getBounds();
  }

  getSize(): [number, number] {
    const { width, height } = this.getBounds();
    return [width, height];
  }

  getContentSize(): [number, number] {
    return this.getSize();
  }

  getMinimumSize(): [number, number] {
    this.assertAlive();
    return [this.#minimum.width, this.#minimum.height];
  }

  setBounds(bounds: Partial<Rectangle>): void {
    const before = this.getBounds();
    const wanted = { ...before, ...bounds };
    this.#bounds = {
      ...wanted,
      width: Math.max(wanted.width, this.#minimum.width),
      height: Math.max(wanted.height, this.#minimum.height),
    };
    const after = this.#bounds;
    if (after.x !== before.x || after.y !== before.y) {
      this.movedTo(after);
      this.emit('move');
      this.emit('moved');
    }
    if (after.width !== before.width || after.height !== before.height) {
      this.resizedTo(after);
      this.emit('resize');
      this.emit('resized');
    }
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  setContentSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }

  setMinimumSize(width: number, height: number): void {
    this.#minimum = { width, height };
    this.setBounds({});
  }

  center(): void {
    this.setBounds(centred(this.getBounds()));
  }

  protected assertAlive(): void {
    if (this.#isDestroyed) throw new TypeError('Object has been destroyed');
  }

  protected markDestroyed(): void {
    this.#isDestroyed = true;
  }

  protected abstract movedTo(bounds: Rectangle): void;
  protected abstract resizedTo(bounds: Rectangle): void;
}

function firstBounds(options: BrowserWindowConstructorOptions): Rectangle {
  const width = Math.max(options.width ?? DEFAULT_SIZE.width, options.minWidth ?? 0);
  const height = Math.max(options.height ?? DEFAULT_SIZE.height, options.minHeight ?? 0);
  const { x, y } = centred({ width, height });
  return { x: options.x ?? x, y: options.y ?? y, width, height };
}

function centred({ width, height }: Size): { readonly x: number; readonly y: number } {
  const area = displayArea();
  return {
    x: Math.max(0, Math.round((area.width - width) / 2)),
    y: Math.max(0, Math.round((area.height - height) / 2)),
  };
}
