// The parts of layout that jsdom leaves out and that the list and the palette ask for.
// SPDX-License-Identifier: MIT

class NoResizeObserver {
  observe(): void {
    // Nothing is ever resized here.
  }
  unobserve(): void {
    // Nothing is ever resized here.
  }
  disconnect(): void {
    // Nothing is ever resized here.
  }
}

/** Gives every element a height of 600 px, and takes scrolling. */
export function stubLayout(): void {
  window.ResizeObserver = NoResizeObserver;
  Object.defineProperty(Element.prototype, 'clientHeight', { value: 600, configurable: true });
  Object.defineProperty(Element.prototype, 'clientWidth', { value: 300, configurable: true });
  Element.prototype.scrollTo = () => undefined;
  Element.prototype.scrollIntoView = () => undefined;
}
