// What is wrong with a typed value, in a sentence. Nothing is refused for it: people keep odd things, and what an
// import brought must stay what it was.
// SPDX-License-Identifier: MIT

import type { UrlMatch, ValueType } from '../../../shared/model/item-kinds.ts';
import { readDate } from './date-text.ts';

const KEPT = 'It is kept as it is typed.';

const ISO_MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** Whether the text is a month, as YYYY-MM. */
export function isMonth(text: string): boolean {
  return ISO_MONTH.test(text);
}

/** The sentence for a value that is not what its type says; null where it is, or where it is empty. */
export function valueProblem(type: ValueType, value: string): string | null {
  const text = value.trim();
  if (text === '') return null;
  switch (type) {
    case 'email':
      return /^[^\s@]+@[^\s@]+$/.test(text) ? null : `This is no e-mail address. ${KEPT}`;
    case 'url':
      return urlProblem(text, 'domain');
    case 'date':
      return dateProblem(text);
    case 'month':
      return isMonth(text) ? null : `Write month and year, such as 04/29. ${KEPT}`;
    case 'number':
      return /^[+-]?(\d+([.,]\d*)?|[.,]\d+)$/.test(text) ? null : `This is no number. ${KEPT}`;
    case 'phone':
      return /\d/.test(text) ? null : `A phone number has digits. ${KEPT}`;
    case 'text':
    case 'hidden':
    case 'multiline':
    case 'boolean':
    case 'choice':
      return null;
  }
}

function dateProblem(text: string): string | null {
  const reading = readDate(text);
  return reading.is === 'problem' ? `${reading.sentence} ${KEPT}` : null;
}

/** The sentence for a website, with regard to how it is matched. */
export function urlProblem(url: string, match: UrlMatch): string | null {
  const text = url.trim();
  if (text === '') return null;
  if (match === 'regex') return isPattern(text) ? null : 'This is no regular expression.';
  if (/\s/.test(text)) return `A web address has no blanks. ${KEPT}`;
  const withScheme = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`;
  return URL.canParse(withScheme) ? null : `This is no web address. ${KEPT}`;
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    // The engine says what is wrong in its own words; that it is wrong is enough here.
    return false;
  }
}

/** A month as it is typed, `4/29`, `04 / 2029` or `2029-04`, as YYYY-MM; null where it is none. */
export function parseMonth(text: string): string | null {
  const trimmed = text.trim();
  if (isMonth(trimmed)) return trimmed;
  const [, month = '', year = ''] = /^(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})$/.exec(trimmed) ?? [];
  const full = `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}`;
  return isMonth(full) ? full : null;
}

/** A month as it stands on a card, `04/29`; anything that is no month as it is. */
export function toShortMonth(value: string): string {
  return isMonth(value) ? `${value.slice(5, 7)}/${value.slice(2, 4)}` : value;
}
