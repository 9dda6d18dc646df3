// Gives the focus a place to go when the element that had it vanishes: a dialog that closes, a form that becomes the item,
// the button of a message. Without it the keyboard would begin at the top of the window again, and a screen reader too.
// SPDX-License-Identifier: MIT

/** The parts of the window in which the focus can be; `passing` for what comes and goes over them. */
type Region = 'passing' | 'navigation' | 'header' | 'list' | 'page';

interface Place {
  readonly element: HTMLElement;
  readonly region: Region;
}

/** Far enough back to reach past a dialog and a message to what opened them. */
const REMEMBERED = 12;
const PASSING = '[role="dialog"], [role="alertdialog"], [role="menu"], footer';

/**
 * Watches the document until the returned function is called. While `isWaiting` the page that the focus would go to is
 * still on its way.
 */
export function keepFocus(isWaiting: () => boolean): () => void {
  const been: Place[] = [];
  let frame = 0;
  const onFocus = ({ target }: FocusEvent): void => {
    if (!(target instanceof HTMLElement) || target === document.body) return;
    been.push({ element: target, region: regionOf(target) });
    if (been.length > REMEMBERED) been.shift();
  };
  const onPointerDown = ({ target }: Event): void => {
    // Who clicks beside everything lets the focus go on purpose.
    const isBeside = target instanceof Element && !target.closest('button, a, input, [tabindex]');
    if (isBeside && openDialog() === null) been.length = 0;
  };
  const look = (): void => {
    const last = been.at(-1);
    if (!last || !isLost() || isUsable(last.element) || isWaiting()) return;
    const home = homeAfter(been);
    if (home) focusOn(home);
  };
  // Widgets that give the focus back by themselves do so in the first frame after.
  const lookSoon = (): void => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(look);
    });
  };
  const observer = new MutationObserver(() => {
    if (isLost()) lookSoon();
  });
  observer.observe(document.body, {
    ...{ childList: true, subtree: true },
    attributeFilter: ['hidden', 'disabled'],
  });
  document.addEventListener('focusin', onFocus);
  document.addEventListener('pointerdown', onPointerDown, true);
  return () => {
    observer.disconnect();
    cancelAnimationFrame(frame);
    document.removeEventListener('focusin', onFocus);
    document.removeEventListener('pointerdown', onPointerDown, true);
  };
}

function regionOf(element: Element): Region {
  if (element.closest(PASSING)) return 'passing';
  if (element.closest('nav')) return 'navigation';
  if (element.closest('main')) return 'page';
  if (element.closest('[aria-labelledby="list-title"]')) return 'list';
  return element.closest('header') ? 'header' : 'passing';
}

function isLost(): boolean {
  const { activeElement } = document;
  return activeElement === null || activeElement === document.body || !isInSight(activeElement);
}

function isInSight(element: Element): boolean {
  return element.isConnected && element.closest('[hidden]') === null;
}

function isUsable(element: HTMLElement): boolean {
  return isInSight(element) && !element.matches(':disabled');
}

function openDialog(): HTMLElement | null {
  return [...document.querySelectorAll<HTMLElement>('[role="dialog"]')].at(-1) ?? null;
}

/** What was there before the passing thing that is gone, or a place in the same region. */
function homeAfter(been: readonly Place[]): HTMLElement | null {
  const open = openDialog();
  if (open) return open;
  let isPast = been.at(-1)?.region === 'passing';
  for (const { element, region } of [...been].reverse()) {
    if (region === 'passing') continue;
    if (isPast && isUsable(element)) return element;
    isPast = false;
    return placeIn(region);
  }
  return placeIn('page');
}

function placeIn(region: Region): HTMLElement | null {
  const ways: Readonly<Record<Region, readonly string[]>> = {
    passing: [],
    navigation: ['nav [aria-current]'],
    header: ['[data-part="search"]'],
    list: ['[data-part="list"]', '#list-title'],
    page: ['main h1'],
  };
  // The list, and what stands in its place, are there whatever else is not.
  const all = [...ways[region], ...ways.page, ...ways.list];
  const found = all.flatMap((way) => [...document.querySelectorAll<HTMLElement>(way)]);
  return found.find(isInSight) ?? null;
}

/** Headings take the focus from here alone: nobody should meet them with the Tab key. */
function focusOn(element: HTMLElement): void {
  if (element.tabIndex < 0 && !element.hasAttribute('tabindex')) element.tabIndex = -1;
  element.focus({ preventScroll: true });
}
