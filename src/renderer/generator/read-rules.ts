// Reads the `passwordrules` syntax (developer.apple.com, "Customizing Password AutoFill rules") for a person to see what
// it asks for, and what of the text was not understood. The vault process reads it for itself when it makes a password,
// and passes over the same parts.
// SPDX-License-Identifier: MIT

const NAMES = ['upper', 'lower', 'digit', 'special', 'ascii-printable', 'unicode'] as const;

export type ClassName = (typeof NAMES)[number];

/** A named class, or characters one by one. */
export type RuleClass = { readonly named: ClassName } | { readonly characters: readonly string[] };

export type RuleLimit = 'minlength' | 'maxlength' | 'max-consecutive';

export type Rule =
  | { readonly is: 'required' | 'allowed'; readonly classes: readonly RuleClass[] }
  | { readonly is: RuleLimit; readonly value: number };

export interface ReadRules {
  readonly rules: readonly Rule[];
  /** Parts between semicolons that say nothing understandable, as they were written. */
  readonly unread: readonly string[];
}

const WHITE = '[ \\f\\n\\r\\t]*';
const DECLARATION = new RegExp(`^${WHITE}([a-z-]+):${WHITE}(.*?)${WHITE}$`, 's');
/** A list in brackets; a closing bracket counts only right before the one that closes. */
const CLASS = new RegExp(`^${WHITE}(?:([a-z-]+)|\\[([^\\]]*\\]?)\\])${WHITE}(,|$)`, 'is');
/** To the next semicolon that is not in a list of characters; one that nothing closes takes the rest. */
const PART = /(?:\[[^\]]*(?:\]\]?|$)|[^;[])+/g;

export function readRules(text: string): ReadRules {
  const parts = text.match(PART) ?? [];
  const read = parts.map((part) => ({ part, rule: readRule(part) }));
  return {
    rules: read.flatMap(({ rule }) => (rule === null ? [] : [rule])),
    unread: read.flatMap(({ part, rule }) =>
      rule === null && part.trim() !== '' ? [part.trim()] : [],
    ),
  };
}

function readRule(part: string): Rule | null {
  const [, name = '', value = ''] = DECLARATION.exec(part) ?? [];
  if (name === 'required' || name === 'allowed') {
    const classes = readClasses(value);
    return classes && { is: name, classes };
  }
  if (name !== 'minlength' && name !== 'maxlength' && name !== 'max-consecutive') return null;
  if (!/^[0-9]+$/.test(value)) return null;
  const number = Math.min(Number(value), Number.MAX_SAFE_INTEGER);
  // A limit of zero is none: no password could meet it.
  return number === 0 ? null : { is: name, value: number };
}

/** Null where there is anything but names and lists with commas between them. */
function readClasses(text: string): readonly RuleClass[] | null {
  const classes: RuleClass[] = [];
  let rest = text;
  for (;;) {
    const [whole, name, list = '', comma] = CLASS.exec(rest) ?? [];
    if (whole === undefined) return null;
    const one = name === undefined ? toCharacters(list) : toNamed(name);
    if (one === null) return null;
    classes.push(one);
    if (comma !== ',') return classes;
    rest = rest.slice(whole.length);
  }
}

function toNamed(name: string): RuleClass | null {
  const named = NAMES.find((known) => known === name.toLowerCase());
  return named === undefined ? null : { named };
}

/** A hyphen counts at the front alone, and what is not printable ASCII not at all. */
function toCharacters(list: string): RuleClass {
  const written = Array.from(list).filter(
    (character, at) => character >= ' ' && character <= '~' && (character !== '-' || at === 0),
  );
  return { characters: Array.from(new Set(written)) };
}
