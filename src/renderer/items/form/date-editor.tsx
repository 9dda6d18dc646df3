// A date being entered: typed in any usual form, kept and shown as YYYY-MM-DD, the same on every system. The arrow keys
// move the part that the caret stands in; from an empty field they begin with today.
// SPDX-License-Identifier: MIT

import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { FIELD_LIMITS } from '../../../shared/model/field-limits.ts';
import { useServices } from '../../main/services.ts';
import { TextField } from '../../ui/text-field.tsx';
import { dayOf, partAt, readDate, stepDate } from './date-text.ts';
import { useProblem } from './use-problem.ts';
import type { ValueEditorProps } from './value-editor-props.ts';
import { valueProblem } from './value-problems.ts';

const STEPS: Readonly<Record<string, 1 | -1>> = { ArrowUp: 1, ArrowDown: -1 };

const inFull = new Intl.DateTimeFormat('en-GB', {
  ...{ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  timeZone: 'UTC',
});

export function DateEditor({ label, value, onChange, isLabelHidden = false }: ValueEditorProps) {
  const { clock } = useServices();
  const [text, setText] = useState(value ?? '');
  const { inputRef, select } = useSelectionToCome();
  const reading = readDate(text);
  const { error, onFocus, onBlur } = useProblem(valueProblem('date', text));
  const put = (next: string): void => {
    const read = readDate(next);
    setText(next);
    onChange(read.is === 'day' ? read.iso : next);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const step = STEPS[event.key];
    if (step === undefined || reading.is === 'problem') return;
    event.preventDefault();
    // What is not yet spelled as it is kept has no parts to stand in: the day is what moves.
    const isSpelled = reading.is === 'day' && reading.iso === text;
    const { part, range } = partAt(isSpelled ? (event.currentTarget.selectionStart ?? 0) : 10);
    put(reading.is === 'day' ? stepDate(reading.iso, part, step) : dayOf(clock.now()));
    select(range);
  };
  return (
    <TextField
      {...{ label, isLabelHidden, inputRef, onKeyDown, onFocus, error }}
      value={text}
      maxLength={FIELD_LIMITS.value}
      placeholder="YYYY-MM-DD"
      description={reading.is === 'day' ? inFull.format(Date.parse(reading.iso)) : null}
      onChange={put}
      onBlur={() => {
        onBlur();
        // Only what was typed here is spelled anew: an import's own spelling stays until it is touched.
        if (reading.is === 'day' && value === reading.iso) setText(reading.iso);
      }}
    />
  );
}

/** Selects a part of the text once that text has been drawn. */
function useSelectionToCome() {
  const inputRef = useRef<HTMLInputElement>(null);
  const range = useRef<readonly [number, number] | null>(null);
  useLayoutEffect(() => {
    if (range.current === null) return;
    inputRef.current?.setSelectionRange(...range.current);
    range.current = null;
  });
  return {
    inputRef,
    select: (next: readonly [number, number]): void => {
      range.current = next;
    },
  };
}
