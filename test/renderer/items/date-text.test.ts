// Days as people type them: what is read, what is not guessed at, and how the arrow keys move through the calendar.
// SPDX-License-Identifier: MIT

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dayOf,
  isDate,
  partAt,
  readDate,
  stepDate,
} from '../../../src/renderer/items/form/date-text.ts';

describe('readDate', () => {
  it.each([
    ['2026-03-01', '2026-03-01'],
    ['2026-3-1', '2026-03-01'],
    [' 2026 / 03 / 01 ', '2026-03-01'],
    ['20260301', '2026-03-01'],
    ['1.3.2026', '2026-03-01'],
    ['31/12/2026', '2026-12-31'],
    ['12/31/2026', '2026-12-31'],
    ['4/4/2026', '2026-04-04'],
    ['1 March 2026', '2026-03-01'],
    ['1st mar. 2026', '2026-03-01'],
    ['March 1, 2026', '2026-03-01'],
    ['Sept 30 2026', '2026-09-30'],
    ['29.02.2024', '2024-02-29'],
    ['0001-01-01', '0001-01-01'],
  ])('reads %s', (text, iso) => {
    expect(readDate(text)).toEqual({ is: 'day', iso });
  });

  it.each([
    ['tomorrow', 'This is no date: write it as 2026-03-31.'],
    ['2026-03', 'This is no date: write it as 2026-03-31.'],
    ['2026-03-01T10:00', 'This is no date: write it as 2026-03-31.'],
    ['2026-13-01', 'There is no month 13.'],
    ['2026-00-01', 'There is no month 0.'],
    ['2026-04-31', 'April has 30 days.'],
    ['2026-04-00', 'April has 30 days.'],
    ['29.2.2023', 'February 2023 has 28 days.'],
    ['1900-02-29', 'February 1900 has 28 days.'],
    ['1.3.26', 'Write the year with four digits.'],
    ['1 Mai 2026', 'There is no month “mai”.'],
    ['3/4/2026', 'This could be 2026-04-03 or 2026-03-04: write the one that is meant.'],
    ['3-4-2026', 'This could be 2026-04-03 or 2026-03-04: write the one that is meant.'],
  ])('says what is wrong with %s', (text, sentence) => {
    expect(readDate(text)).toEqual({ is: 'problem', sentence });
  });

  it('takes nothing for nothing', () => {
    expect(readDate('  ')).toEqual({ is: 'empty' });
  });

  it('never throws, and what it reads is a day of the calendar', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 24 }), (text) => {
        const reading = readDate(text);
        return reading.is !== 'day' || isDate(reading.iso);
      }),
    );
  });
});

describe('stepDate', () => {
  it.each([
    ['2026-03-31', 'day', 1, '2026-04-01'],
    ['2026-01-01', 'day', -1, '2025-12-31'],
    ['2026-01-31', 'month', 1, '2026-02-28'],
    ['2026-01-31', 'month', -1, '2025-12-31'],
    ['2024-02-29', 'year', 1, '2025-02-28'],
    ['2024-02-29', 'year', -1, '2023-02-28'],
    ['9999-12-31', 'day', 1, '9999-12-31'],
    ['0001-01-01', 'month', -1, '0001-01-01'],
  ] as const)('moves %s by one %s, %i', (from, part, step, to) => {
    expect(stepDate(from, part, step)).toBe(to);
  });

  it('stays in the calendar wherever it begins', () => {
    const dates = fc.date({ min: new Date(0), max: new Date('2200-01-01'), noInvalidDate: true });
    const parts = fc.constantFrom('year' as const, 'month' as const, 'day' as const);
    fc.assert(
      fc.property(dates, parts, fc.constantFrom(1 as const, -1 as const), (date, part, step) =>
        isDate(stepDate(date.toISOString().slice(0, 10), part, step)),
      ),
    );
  });
});

describe('partAt', () => {
  it('is the part that the caret stands in or behind', () => {
    const parts = [0, 4, 5, 7, 8, 10].map((caret) => partAt(caret).part);
    expect(parts).toEqual(['year', 'year', 'month', 'month', 'day', 'day']);
  });
});

describe('dayOf', () => {
  it('is the day here, not the one in Greenwich', () => {
    const late = new Date(2026, 0, 5, 23, 59).getTime();
    expect(dayOf(late)).toBe('2026-01-05');
  });
});
