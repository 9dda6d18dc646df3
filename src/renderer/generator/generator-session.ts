// The generator of one window: what was chosen, as long as the window lives, and the value that is in sight. The vault
// process makes the values; one is asked for at a time, and what was chosen meanwhile is asked for next.
// SPDX-License-Identifier: MIT

import type {
  CharactersRequest,
  GeneratedPassword,
  GeneratorRequest,
  PassphraseRequest,
  PinRequest,
  SiteRulesRequest,
} from '../../shared/model/generator.ts';
import { toApiError, type Api, type ApiError } from '../api.ts';
import { Store } from '../store.ts';

export type GeneratorTab = GeneratorRequest['type'];

/** The choices of every tab, kept while another one is in use. */
export interface GeneratorChoices {
  readonly characters: CharactersRequest;
  readonly passphrase: PassphraseRequest;
  readonly pin: PinRequest;
  readonly 'site-rules': SiteRulesRequest;
}

export interface GeneratorState {
  readonly tab: GeneratorTab;
  readonly choices: GeneratorChoices;
  /** The last value; null before the first, and while no generator is in sight. */
  readonly generated: GeneratedPassword | null;
  /** Why there is none for what is chosen now; `generated` is the value of before then. */
  readonly error: ApiError | null;
}

const START: GeneratorState = {
  tab: 'characters',
  choices: {
    characters: {
      ...{ type: 'characters', length: 20, lower: true, upper: true, digits: true, symbols: true },
      ...{ avoidAmbiguous: false, minDigits: 1, minSymbols: 1, exclude: '' },
    },
    passphrase: {
      ...{ type: 'passphrase', words: 6, separator: '-', capitalise: false, addDigit: false },
    },
    pin: { type: 'pin', length: 6 },
    'site-rules': { type: 'site-rules', rules: '', length: null },
  },
  ...{ generated: null, error: null },
};

export class GeneratorSession {
  readonly state = new Store<GeneratorState>(START);
  readonly #api: Pick<Api<'main'>, 'generator:generate' | 'generator:remember'>;
  readonly #report: (error: unknown) => void;
  #viewers = 0;
  #isAsking = false;
  #isAskedAgain = false;

  constructor(
    api: Pick<Api<'main'>, 'generator:generate' | 'generator:remember'>,
    report: (error: unknown) => void,
  ) {
    this.#api = api;
    this.#report = report;
  }

  get isInSight(): boolean {
    return this.#viewers > 0;
  }

  /** Makes a value to look at. The returned function forgets it, with the last who looks. */
  open(): () => void {
    this.#viewers += 1;
    this.again();
    return () => {
      this.#viewers -= 1;
      if (this.#viewers > 0) return;
      this.state.update((state) => ({ ...state, generated: null, error: null }));
    };
  }

  show(tab: GeneratorTab): void {
    if (this.state.get().tab === tab) return;
    this.state.update((state) => ({ ...state, tab }));
    this.again();
  }

  /** Changes what is chosen in one tab. */
  choose<Tab extends GeneratorTab>(tab: Tab, part: Partial<GeneratorChoices[Tab]>): void {
    this.state.update((state) => ({
      ...state,
      choices: { ...state.choices, [tab]: { ...state.choices[tab], ...part } },
    }));
    this.again();
  }

  /** Another value of the same choices. */
  again(): void {
    if (this.#isAsking) {
      this.#isAskedAgain = true;
      return;
    }
    this.#isAsking = true;
    this.#isAskedAgain = false;
    this.#api
      ['generator:generate'](toRequest(this.state.get()))
      .then(
        (generated) => {
          this.#settle({ generated, error: null });
        },
        (error: unknown) => {
          this.#settle({ error: toApiError(error) });
        },
      )
      .finally(() => {
        this.#isAsking = false;
        if (this.#isAskedAgain && this.isInSight) this.again();
      });
  }

  /** For a value that was copied or used: it goes into the history. */
  remember(value: string): Promise<void> {
    return this.#api['generator:remember']({ value }).then(() => undefined, this.#report);
  }

  #settle(part: Partial<Pick<GeneratorState, 'generated' | 'error'>>): void {
    // What was chosen meanwhile is about to be asked for; a value that nobody looks at is not kept.
    if (this.#isAskedAgain || !this.isInSight) return;
    this.state.update((state) => ({ ...state, ...part }));
  }
}

/** Only what applies: a minimum of a class that is left out is none. */
function toRequest({ tab, choices }: GeneratorState): GeneratorRequest {
  if (tab === 'characters') return toCharactersRequest(choices.characters);
  if (tab === 'site-rules') {
    const { rules, length } = choices['site-rules'];
    return { type: 'site-rules', rules: toRulesText(rules), length };
  }
  return choices[tab];
}

function toCharactersRequest(chosen: CharactersRequest): CharactersRequest {
  const { minDigits, minSymbols, exclude, ...rest } = chosen;
  return {
    ...rest,
    ...(chosen.digits ? { minDigits } : {}),
    ...(chosen.symbols ? { minSymbols } : {}),
    ...(exclude === '' ? {} : { exclude }),
  };
}

/** The rules alone, where the whole attribute of a page was pasted, on one line. */
export function toRulesText(pasted: string): string {
  const [, , inside] = /passwordrules\s*=\s*(["'])(.*?)\1/is.exec(pasted) ?? [];
  return (inside ?? pasted).replace(/\s+/g, ' ').trim();
}
