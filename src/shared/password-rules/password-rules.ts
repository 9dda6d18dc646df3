// Parser of the `passwordrules` syntax: developer.apple.com, "Customizing Password AutoFill rules", the proposal
// whatwg/html#3518, and the reading that WebKit's parser gives it where the two are silent.
// It never fails: what cannot be understood asks for nothing. One parser for whoever makes a password by the rules and for
// whoever tells a person what they ask for.
// SPDX-License-Identifier: MIT

import { canonicalClasses, toNamedClass, type CharacterClass } from './character-class.ts';
import { RulesScanner } from './rules-scanner.ts';

export interface PasswordRules {
  /** Of each entry at least one character must occur. Canonical, none empty, in the order of the text. */
  readonly required: readonly (readonly CharacterClass[])[];
  /** All characters that may occur, those of `required` among them. Canonical, never empty. */
  readonly allowed: readonly CharacterClass[];
  /** How often one character may stand in a row; null for any number. Like the next two, never 0. */
  readonly maxConsecutive: number | null;
  readonly minLength: number | null;
  readonly maxLength: number | null;
}

export interface ReadRules {
  readonly rules: PasswordRules;
  /** Declarations that say nothing understandable, as they were written. */
  readonly unread: readonly string[];
}

type Declaration =
  | { readonly name: 'required' | 'allowed'; readonly classes: readonly CharacterClass[] }
  | { readonly name: IntegerProperty; readonly value: number };

const INTEGER_PROPERTIES = ['max-consecutive', 'minlength', 'maxlength'] as const;

type IntegerProperty = (typeof INTEGER_PROPERTIES)[number];

/**
 * Of several limits the strictest holds; several `required` each ask for a character of their own; several
 * `allowed` add up. When neither says anything, all printable ASCII characters are allowed.
 *
 * Deviation: WebKit gives up all declarations when one has an unknown property or a malformed value, and all
 * later ones after an empty one. Here such a declaration alone is passed over, as in CSS, so that a password is
 * refused by the site for no rule that was plain to read. White space between a number and its semicolon is
 * passed over for the same reason, where WebKit passes over the number.
 */
export function parsePasswordRules(text: string): PasswordRules {
  return readPasswordRules(text).rules;
}

/** The same, together with what was passed over. */
export function readPasswordRules(text: string): ReadRules {
  const { declarations, unread } = readDeclarations(text);
  const required = classesOf(declarations, 'required').map(canonicalClasses);
  const allowed = canonicalClasses([
    ...required.flat(),
    ...classesOf(declarations, 'allowed').flat(),
  ]);
  const rules: PasswordRules = {
    required: required.filter((classes) => classes.length > 0),
    allowed: allowed.length > 0 ? allowed : ['ascii-printable'],
    maxConsecutive: leastOf(valuesOf(declarations, 'max-consecutive')),
    minLength: greatestOf(valuesOf(declarations, 'minlength')),
    maxLength: leastOf(valuesOf(declarations, 'maxlength')),
  };
  return { rules, unread };
}

function readDeclarations(text: string): {
  readonly declarations: readonly Declaration[];
  readonly unread: readonly string[];
} {
  const scanner = new RulesScanner(text);
  const declarations: Declaration[] = [];
  const unread: string[] = [];
  while (!scanner.isAtEnd) {
    const start = scanner.position;
    scanner.skipWhiteSpace();
    const declaration = readDeclaration(scanner);
    const isRead = declaration !== null && scanner.isAtEndOfDeclaration;
    scanner.skipDeclaration();
    const written = text.slice(start, scanner.position).trim();
    if (isRead) declarations.push(declaration);
    else if (written !== '') unread.push(written);
    scanner.take(';');
  }
  return { declarations, unread };
}

/** Property names are in lower case, and the colon follows at once; null for anything else. */
function readDeclaration(scanner: RulesScanner): Declaration | null {
  const name = scanner.takeIdentifier();
  if (!scanner.take(':')) return null;
  scanner.skipWhiteSpace();
  if (name === 'required' || name === 'allowed') {
    const classes = readClasses(scanner);
    return classes === null ? null : { name, classes };
  }
  const property = INTEGER_PROPERTIES.find((candidate) => candidate === name);
  if (property === undefined) return null;
  const value = scanner.takeInteger();
  scanner.skipWhiteSpace();
  // A limit of zero is none, as in WebKit: no password could meet it.
  return value === null || value === 0 ? null : { name: property, value };
}

/** Names and lists with commas between them; null when there is anything else. */
function readClasses(scanner: RulesScanner): readonly CharacterClass[] | null {
  const classes: CharacterClass[] = [];
  do {
    scanner.skipWhiteSpace();
    if (scanner.isAt('[')) {
      const characters = scanner.takeList();
      // A list that nothing closes has taken the rest of the text: what stood before it counts, if anything did.
      if (characters === null) return classes.length > 0 ? classes : null;
      if (characters !== '') classes.push(`[${characters}]`);
    } else {
      const named = toNamedClass(scanner.takeIdentifier());
      if (named === null) return null;
      classes.push(named);
    }
    scanner.skipWhiteSpace();
  } while (scanner.take(','));
  return classes;
}

function classesOf(
  declarations: readonly Declaration[],
  name: 'required' | 'allowed',
): readonly (readonly CharacterClass[])[] {
  return declarations.flatMap((one) =>
    'classes' in one && one.name === name ? [one.classes] : [],
  );
}

function valuesOf(declarations: readonly Declaration[], name: IntegerProperty): readonly number[] {
  return declarations.flatMap((one) => ('value' in one && one.name === name ? [one.value] : []));
}

function leastOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : Math.min(...values);
}

function greatestOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : Math.max(...values);
}
