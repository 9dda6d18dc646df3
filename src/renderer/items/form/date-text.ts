// A day as people type it, read into YYYY-MM-DD (ISO 8601, 5.2.2): year first, with dots, with the month in words. What
// could be two days is not guessed at.
// SPDX-License-Identifier: MIT

export type DateReading =
  | { readonly is: 'empty' }
  | { readonly is: 'day'; readonly iso: string }
  | { readonly is: 'problem'; readonly sentence: string };

interface Parts {
  readonly year: string;
  readonly month: string;
  readonly day: string;
}

const MONTHS = [
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september'],
  ...['october', 'november', 'december'],
];

const MARK = String.raw`\s*[-/.]\s*`;
const YEAR_FIRST = new RegExp(`^(\\d{4})${MARK}(\\d{1,2})${MARK}(\\d{1,2})$`);
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const YEAR_LAST = new RegExp(`^(\\d{1,2})\\s*([-/.])\\s*(\\d{1,2})${MARK}(\\d{2}|\\d{4})$`);
const DAY_IN_WORDS = /^(\d{1,2})(?:st|nd|rd|th|\.)?\s+(\p{L}{3,9})\.?,?\s+(\d{4})$/u;
const MONTH_IN_WORDS = /^(\p{L}{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/u;

/** Whether the text is a day of the calendar, as YYYY-MM-DD. */
export function isDate(text: string): boolean {
  const reading = /^\d{4}-\d{2}-\d{2}$/.test(text) ? readDate(text) : null;
  return reading?.is === 'day';
}

export function readDate(text: string): DateReading {
  const typed = text.trim();
  if (typed === '') return { is: 'empty' };
  const parts = yearFirst(typed) ?? yearLast(typed) ?? inWords(typed);
  if (typeof parts === 'string') return { is: 'problem', sentence: parts };
  if (!parts) return { is: 'problem', sentence: 'This is no date: write it as 2026-03-31.' };
  return checked(parts);
}

function yearFirst(text: string): Parts | null {
  const [, year, month = '', day = ''] = YEAR_FIRST.exec(text) ?? COMPACT.exec(text) ?? [];
  return year === undefined ? null : { year, month, day };
}

/** Dots are written where the day comes first; slashes and hyphens on both sides of the sea. */
function yearLast(text: string): Parts | string | null {
  const [, first, mark, second = '', year = ''] = YEAR_LAST.exec(text) ?? [];
  if (first === undefined) return null;
  if (year.length === 2) return 'Write the year with four digits.';
  if (mark === '.' || Number(first) > 12 || first === second) {
    return { year, month: second, day: first };
  }
  if (Number(second) > 12) return { year, month: first, day: second };
  const [one, other] = [
    toIso({ year, month: second, day: first }),
    toIso({ year, month: first, day: second }),
  ];
  return `This could be ${one} or ${other}: write the one that is meant.`;
}

function inWords(text: string): Parts | string | null {
  const [, day, after = '', yearAfter = ''] = DAY_IN_WORDS.exec(text) ?? [];
  const [, before = '', dayBefore = '', yearBefore = ''] = MONTH_IN_WORDS.exec(text) ?? [];
  const name = (day === undefined ? before : after).toLowerCase();
  if (name === '') return null;
  const month = MONTHS.findIndex((full) => full.startsWith(name)) + 1;
  if (month === 0) return `There is no month “${name}”.`;
  return { year: yearAfter || yearBefore, month: String(month), day: day ?? dayBefore };
}

function checked(parts: Parts): DateReading {
  const [year, month, day] = [Number(parts.year), Number(parts.month), Number(parts.day)];
  if (month < 1 || month > 12) return { is: 'problem', sentence: `There is no month ${month}.` };
  const last = lastDayOf(year, month);
  if (day >= 1 && day <= last) return { is: 'day', iso: toIso(parts) };
  const name = MONTHS[month - 1] ?? '';
  const inYear = month === 2 ? ` ${parts.year}` : '';
  const sentence = `${name.charAt(0).toUpperCase()}${name.slice(1)}${inYear} has ${last} days.`;
  return { is: 'problem', sentence };
}

function toIso({ year, month, day }: Parts): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function lastDayOf(year: number, month: number): number {
  const date = new Date(0);
  // Not by Date.UTC: it takes the years 0 to 99 for those of the last century.
  date.setUTCFullYear(year, month, 0);
  return date.getUTCDate();
}

export type DatePart = 'year' | 'month' | 'day';

/** The part of YYYY-MM-DD at a place in the text, and from where to where it goes. */
export function partAt(caret: number): {
  readonly part: DatePart;
  readonly range: readonly [number, number];
} {
  if (caret <= 4) return { part: 'year', range: [0, 4] };
  return caret <= 7 ? { part: 'month', range: [5, 7] } : { part: 'day', range: [8, 10] };
}

/** `iso` with one part moved on by `step`; the day stays inside the month, years between 1 and 9999. */
export function stepDate(iso: string, part: DatePart, step: 1 | -1): string {
  const [year = 0, month = 0, day = 0] = iso.split('-').map(Number);
  const next = new Date(0);
  if (part === 'day') next.setUTCFullYear(year, month - 1, day + step);
  else {
    const months = year * 12 + month - 1 + (part === 'year' ? step * 12 : step);
    const [toYear, toMonth] = [Math.floor(months / 12), (months % 12) + 1];
    next.setUTCFullYear(toYear, toMonth - 1, Math.min(day, lastDayOf(toYear, toMonth)));
  }
  const to = next.getUTCFullYear();
  if (to < 1 || to > 9999) return iso;
  const parts = { month: String(next.getUTCMonth() + 1), day: String(next.getUTCDate()) };
  return toIso({ year: String(to).padStart(4, '0'), ...parts });
}

/** The day of a point in time, where this computer is. */
export function dayOf(at: number): string {
  const date = new Date(at);
  const [month, day] = [String(date.getMonth() + 1), String(date.getDate())];
  return toIso({ year: String(date.getFullYear()).padStart(4, '0'), month, day });
}
