// What the generator is asked for and what it gives back: characters, passphrase, PIN, or the rules of a site.
// The limits stand here once, for the validator of the doorway and for the form.
// SPDX-License-Identifier: MIT

export const GENERATOR_LIMITS = {
  /** Length of a password of characters. */
  characters: { min: 8, max: 128 },
  words: { min: 3, max: 12 },
  pin: { min: 4, max: 16 },
  /** Length of a password by a site's rules: sites exist that take no more than a PIN. */
  siteRules: { min: 1, max: 128 },
  /** UTF-16 code units. */
  separator: 4,
} as const;

export interface CharactersRequest {
  readonly type: 'characters';
  readonly length: number;
  readonly lower: boolean;
  readonly upper: boolean;
  readonly digits: boolean;
  readonly symbols: boolean;
  /** Leaves out characters that are easily mistaken for each other. */
  readonly avoidAmbiguous: boolean;
  /** At least so many digits; one when they are chosen and this is left out. */
  readonly minDigits?: number | undefined;
  /** At least so many symbols; one when they are chosen and this is left out. */
  readonly minSymbols?: number | undefined;
  /** Characters that must not occur, in any order. */
  readonly exclude?: string | undefined;
}

export interface PassphraseRequest {
  readonly type: 'passphrase';
  readonly words: number;
  /** Between two words; may be empty. */
  readonly separator: string;
  /** The first letter of each word in upper case. Adds no entropy. */
  readonly capitalise: boolean;
  /** One digit behind one of the words, both by chance. */
  readonly addDigit: boolean;
}

export interface PinRequest {
  readonly type: 'pin';
  readonly length: number;
}

export interface SiteRulesRequest {
  readonly type: 'site-rules';
  /** In the syntax of Apple's `passwordrules` attribute. */
  readonly rules: string;
  /** Null: as long as is good within the rules. */
  readonly length: number | null;
}

export type GeneratorRequest =
  CharactersRequest | PassphraseRequest | PinRequest | SiteRulesRequest;

export interface GeneratedPassword {
  readonly value: string;
  /** Base-2 logarithm of the number of values that were equally likely to come out. */
  readonly entropyBits: number;
}

/** One line of the history of values that were taken from the generator. */
export interface GeneratorEntry {
  readonly value: string;
  readonly takenAt: number;
}
