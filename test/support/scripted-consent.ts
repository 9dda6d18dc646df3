// A UserConsent that answers by script and remembers every prompt: the person of the ceremonies' tests.
// SPDX-License-Identifier: MIT

import type {
  ConsentAnswer,
  ConsentRequest,
  ConsentSession,
  UserConsent,
} from '../../src/main/webauthn/user-consent.ts';
import type { ApprovalPrompt, ShownPrompt } from '../../src/shared/model/approval.ts';

/** What the person does with the stage in front of them; `count` is how many stages came before, in all. */
export type Script = (shown: ShownPrompt, count: number) => ConsentAnswer | Promise<ConsentAnswer>;

export const DENY: ConsentAnswer = { decision: 'deny' };
export const WRONG_PASSWORD: ConsentAnswer = {
  decision: 'refused',
  refusal: { kind: 'password', code: 'vault/wrong-password', details: {} },
  isWrong: true,
};
export const WRONG_PIN: ConsentAnswer = {
  decision: 'refused',
  refusal: { kind: 'pin', code: 'vault/wrong-password', details: { triesLeft: 3 } },
  isWrong: false,
};
/** For a person who has left the room. */
export const NO_ANSWER = new Promise<ConsentAnswer>(() => undefined);

/** Approves `shown` as it was shown, with the right password where one was asked for. */
export function approve(
  shown: ShownPrompt,
  changes: Partial<Extract<ConsentAnswer, { decision: 'approve' }>> = {},
): ConsentAnswer {
  const { prompt, promptHash } = shown;
  const credentialId = prompt.kind === 'get' ? (prompt.accounts[0]?.credentialId ?? null) : null;
  const userVerified = prompt.asksPassword;
  return { decision: 'approve', promptHash, credentialId, userVerified, ...changes };
}

export class ScriptedConsent implements UserConsent {
  readonly prompts: ApprovalPrompt[] = [];
  readonly requests: ConsentRequest[] = [];
  closed = 0;
  script: Script;
  /** Where set, `open` waits for it, as a request waits for its turn. */
  turn: Promise<void> = Promise.resolve();

  constructor(script: Script = (shown) => approve(shown)) {
    this.script = script;
  }

  get kinds(): readonly string[] {
    return this.prompts.map(({ kind }) => kind);
  }

  async open(request: ConsentRequest): Promise<ConsentSession> {
    this.requests.push(request);
    await this.turn;
    return {
      ask: async (shown) => {
        const count = this.prompts.push(shown.prompt) - 1;
        return this.script(shown, count);
      },
      close: () => {
        this.closed += 1;
      },
    };
  }
}
