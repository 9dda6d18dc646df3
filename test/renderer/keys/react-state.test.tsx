// @vitest-environment jsdom
// The looking glass itself: it must see what a component holds and never shows.
// SPDX-License-Identifier: MIT

import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useRef, useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { isHeld } from './react-state.ts';

function Holder({ given }: { readonly given?: string }) {
  const [state, setState] = useState<object>({ deep: [{ text: 'in state' }] });
  const ref = useRef(new Map([['key', 'in a ref']]));
  const forget = (): void => {
    setState({});
    ref.current.clear();
  };
  return <button onClick={forget}>{Object.keys(state).length + (given?.length ?? 0)}</button>;
}

afterEach(cleanup);

describe('isHeld', () => {
  it('sees state, references and properties that are not shown', () => {
    render(<Holder given="as a property" />);
    expect(['in state', 'in a ref', 'as a property', 'nowhere'].map(isHeld)).toEqual([
      ...[true, true, true, false],
    ]);
  });

  it('sees what a field holds', () => {
    render(<input defaultValue="typed" />);
    expect([isHeld('typed'), isHeld('other')]).toEqual([true, false]);
  });

  it('sees that it is gone', () => {
    render(<Holder />);
    fireEvent.click(screen.getByRole('button'));
    expect([isHeld('in state'), isHeld('in a ref')]).toEqual([false, false]);
  });
});
