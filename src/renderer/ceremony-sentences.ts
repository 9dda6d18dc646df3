// What the person reads about a ceremony that ended: one sentence each for what happened and for what it means.
// Complete by type. The page only ever got the name of a DOMException.
// SPDX-License-Identifier: MIT

import type { CeremonyReason, CeremonyReport } from '../shared/model/ceremony.ts';

export interface CeremonySentence {
  /** Two or three words for a list. */
  readonly label: string;
  readonly tone: 'good' | 'plain' | 'refused';
  readonly explanation: string;
}

type Wording = (facts: CeremonyFacts) => CeremonySentence;

/** The names in the report, made safe to show by the caller. */
export interface CeremonyFacts {
  readonly operation: CeremonyReport['operation'];
  readonly host: string;
  readonly rpId: string;
}

const NOTHING_SENT = 'Nothing was sent.';

const plain =
  (label: string, explain: (facts: CeremonyFacts) => string): Wording =>
  (facts) => ({ label, tone: 'plain', explanation: explain(facts) });

const refused =
  (label: string, explain: (facts: CeremonyFacts) => string): Wording =>
  (facts) => ({ label, tone: 'refused', explanation: `${explain(facts)} ${NOTHING_SENT}` });

const wordings: Readonly<Record<CeremonyReason, Wording>> = {
  completed: ({ operation, host, rpId }) => ({
    label: operation === 'create' ? 'Passkey created' : 'Signed in',
    tone: 'good',
    explanation:
      operation === 'create'
        ? `A passkey for ${rpId} was made and saved in this vault; ${host} got its public half.`
        : `${host} got a signature that only the passkey of ${rpId} can make.`,
  }),
  'opaque-origin': refused(
    'No origin',
    () => 'The page has no address that could be checked. A passkey belongs to one.',
  ),
  'not-an-origin': refused(
    'No origin',
    () => 'The request names no address that could be checked. A passkey belongs to one.',
  ),
  'insecure-origin': refused(
    'Not secure',
    ({ host }) => `${host} is not served over HTTPS, so what it asks could come from anyone.`,
  ),
  'ip-address': refused(
    'IP address',
    ({ host }) => `${host} is an IP address. Passkeys belong to names, not to addresses.`,
  ),
  'not-a-domain': refused(
    'Not a name',
    ({ host }) => `${host} is not a domain name. Passkeys belong to domain names.`,
  ),
  'rp-id-not-a-domain': refused(
    'Not a name',
    ({ host, rpId }) => `${host} asked for the passkey of ${rpId}, which is not a domain name.`,
  ),
  'rp-id-not-a-suffix-of-origin': refused(
    'Another site’s passkey',
    ({ host, rpId }) =>
      `${host} asked for the passkey of ${rpId}. A passkey answers only to its own site.`,
  ),
  'rp-id-is-public-suffix': refused(
    'Shared ending',
    ({ host, rpId }) =>
      `${host} asked for a passkey for all of ${rpId}, an ending that many sites share.`,
  ),
  'options-malformed': refused(
    'Nonsense',
    ({ host }) => `${host} sent options that the standard does not allow.`,
  ),
  'options-too-large': refused(
    'Too large',
    ({ host }) => `${host} sent options of unreasonable size.`,
  ),
  'empty-challenge': refused(
    'Empty challenge',
    ({ host }) =>
      `${host} sent an empty challenge. Signing it would make an answer that can be used again.`,
  ),
  'user-handle-length': refused(
    'Bad user handle',
    ({ host }) => `${host} sent a user handle that is not 1 to 64 bytes long.`,
  ),
  'no-common-algorithm': refused(
    'No common algorithm',
    ({ host }) => `${host} accepts none of the signature algorithms that Latchkey makes.`,
  ),
  'no-suitable-authenticator': refused(
    'Another kind wanted',
    ({ host }) => `${host} asks for a kind of authenticator that this vault is not.`,
  ),
  denied: plain('Denied', ({ host }) => `You denied the request of ${host}. ${NOTHING_SENT}`),
  'timed-out': plain(
    'Ran out of time',
    ({ host }) => `The request of ${host} was not answered in time. ${NOTHING_SENT}`,
  ),
  'no-passkey': plain(
    'No passkey',
    ({ host, rpId }) =>
      `${host} asked for a passkey of ${rpId}; this vault has none that it accepts. ${NOTHING_SENT}`,
  ),
  'wrong-password-limit': refused(
    'Wrong passwords',
    ({ host }) => `The master password was wrong five times, so the request of ${host} was ended.`,
  ),
  'user-not-verified': refused(
    'Not verified',
    ({ host }) => `${host} demands that you prove who you are, and that did not happen.`,
  ),
  'approval-mismatch': refused(
    'Changed after showing',
    ({ host }) => `What ${host} asks was not what had been shown to you.`,
  ),
  'vault-locked': refused(
    'Vault locked',
    ({ host }) => `The vault was locked before the request of ${host} could be answered.`,
  ),
  'too-many-requests': refused(
    'Too many requests',
    ({ host }) => `${host} already had three requests waiting for your answer.`,
  ),
  'already-registered': plain(
    'Already registered',
    ({ host }) =>
      `${host} asked for a new passkey for an account that has one in this vault. No second one was made.`,
  ),
  'discoverable-not-possible': refused(
    'Cannot be promised',
    ({ host }) => `${host} demands a passkey that can be found without a user name, in vain.`,
  ),
  aborted: plain('Taken back', ({ host }) => `${host} took its request back. ${NOTHING_SENT}`),
  'malformed-request': refused(
    'Nonsense',
    ({ host }) => `${host} sent a request that could not be read.`,
  ),
  internal: refused(
    'Failed',
    ({ host }) => `The request of ${host} failed inside Latchkey. Your vault is as it was.`,
  ),
};

/** The words for one ended ceremony. `facts` must have gone through `toDisplayText` where a site chose them. */
export function toCeremonySentence(reason: CeremonyReason, facts: CeremonyFacts): CeremonySentence {
  return wordings[reason](facts);
}
