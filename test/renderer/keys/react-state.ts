// Looks for a text in what React holds of a page and in the page itself: state and props of every mounted component,
// values of fields, attributes and words. React's spare copy of the tree, overwritten by the next render, is left out.
// SPDX-License-Identifier: MIT

interface Fiber {
  readonly child: Fiber | null;
  readonly sibling: Fiber | null;
  readonly memoizedState: unknown;
  readonly memoizedProps: unknown;
}

const DEEPEST = 12;

/** Whether `secret` stands in the page or in the state of a mounted component. */
export function isHeld(secret: string): boolean {
  return isInPage(secret) || roots().some((fiber) => isInFiber(fiber, secret));
}

function isInPage(secret: string): boolean {
  const fields = document.querySelectorAll<HTMLInputElement>('input, textarea');
  const texts = [document.documentElement.outerHTML, ...Array.from(fields, ({ value }) => value)];
  return texts.some((text) => text.includes(secret));
}

function roots(): readonly Fiber[] {
  return Array.from(document.querySelectorAll('*')).flatMap((element) => {
    const key = Object.keys(element).find((name) => name.startsWith('__reactContainer$'));
    if (key === undefined) return [];
    const spareOrCurrent = Reflect.get(element, key) as { stateNode: { current: Fiber } };
    return [spareOrCurrent.stateNode.current];
  });
}

function isInFiber(fiber: Fiber, secret: string): boolean {
  const seen = new Set<unknown>();
  const holds = (value: unknown): boolean => isInValue(value, secret, seen, 0);
  if (holds(fiber.memoizedState) || holds(fiber.memoizedProps)) return true;
  if (fiber.child && isInFiber(fiber.child, secret)) return true;
  return fiber.sibling ? isInFiber(fiber.sibling, secret) : false;
}

function isInValue(value: unknown, secret: string, seen: Set<unknown>, depth: number): boolean {
  if (typeof value === 'string') return value.includes(secret);
  if (typeof value !== 'object' || value === null || value instanceof Node) return false;
  if (depth > DEEPEST || seen.has(value) || 'stateNode' in value) return false;
  seen.add(value);
  const inner = value instanceof Map ? [...value.entries()] : Object.values(value);
  return inner.some((part) => isInValue(part, secret, seen, depth + 1));
}
