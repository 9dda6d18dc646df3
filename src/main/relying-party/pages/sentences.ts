// One sentence for each way in which a ceremony can end badly, for the visitor of the test site.
// SPDX-License-Identifier: MIT

import { SiteRefusal } from './site-api.ts';

const BY_NAME: Readonly<Record<string, string>> = {
  NotAllowedError:
    'It was declined, time ran out, or there is no passkey for this. A page is never told which.',
  InvalidStateError: 'The vault holds a passkey of this account already.',
  NotSupportedError: 'None of the kinds of key that this site asks for can be made.',
  AbortError: 'The request was taken back.',
  ConstraintError: 'The authenticator cannot do what was required.',
  TypeError: 'The page asked in a form that does not make sense.',
  UnknownError: 'Something went wrong in the authenticator; nothing was kept.',
};

const BY_FAILURE: Readonly<Record<string, string>> = {
  'name-taken': 'This user name is taken. Sign in with it, or choose another.',
  'unknown-account': 'There is no account with this user name here.',
  'no-ceremony': 'This took too long, or was answered already. Please start again.',
  'unknown-passkey': 'This site does not know that passkey.',
  'not-verified': 'The answer did not pass verification.',
  'site-full': 'The test site has no room for more accounts.',
  refused: 'The site did not accept the request. Reload the page.',
};

export interface Ending {
  /** DOMException name, or the site's own word for its refusal. */
  readonly name: string;
  readonly sentence: string;
}

/** What to tell about `error`; `rpId` and `host` name the two sides of a refused claim. */
export function describeFailure(error: unknown, site: { rpId: string; host: string }): Ending {
  if (error instanceof SiteRefusal) {
    return { name: error.failure, sentence: BY_FAILURE[error.failure] ?? 'The site said no.' };
  }
  const name =
    error instanceof DOMException || error instanceof Error ? error.name : 'UnknownError';
  if (name === 'SecurityError') {
    return {
      name,
      sentence: `A page of ${site.host} may not ask for the passkeys of ${site.rpId}.`,
    };
  }
  // fetch() rejects with a TypeError when nobody answers.
  if (error instanceof TypeError && /fetch|network|load failed/i.test(error.message)) {
    return { name: 'NetworkError', sentence: 'The test site does not answer. Was it stopped?' };
  }
  return { name, sentence: BY_NAME[name] ?? 'The request failed.' };
}
