// The password generator: a request in, one value out, with the entropy of exactly that choice.
// SPDX-License-Identifier: MIT

import type { GeneratedPassword, GeneratorRequest } from '../../shared/model/generator.ts';
import type { RandomSource } from '../crypto/random.ts';
import { generateCharacters } from './characters.ts';
import { generatePassphrase } from './passphrase.ts';
import { generatePin } from './pin.ts';
import { generateBySiteRules } from './site-rules.ts';

/** Throws `generator/impossible-rules`, with the reason in its details, when nothing can meet the request. */
export function generate(request: GeneratorRequest, random: RandomSource): GeneratedPassword {
  switch (request.type) {
    case 'characters':
      return generateCharacters(request, random);
    case 'passphrase':
      return generatePassphrase(request, random);
    case 'pin':
      return generatePin(request, random);
    case 'site-rules':
      return generateBySiteRules(request, random);
  }
}
