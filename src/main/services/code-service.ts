// One-time codes of items: the code of now, the next one of a counter, and what a typed text stands for.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { Clock } from '../../shared/clock.ts';
import { AppError } from '../../shared/errors.ts';
import type { ChangeReceipt, OneTimeCodeDetail } from '../../shared/model/item.ts';
import type { CurrentCode } from '../../shared/model/one-time-code.ts';
import { currentCode } from '../one-time-codes/current-code.ts';
import { parseOneTimeCode } from '../one-time-codes/parse-one-time-code.ts';
import type { ItemChanges } from './item-changes.ts';
import { toOneTimeCodeDetail } from './item-detail.ts';

export interface CodePorts {
  readonly changes: ItemChanges;
  readonly clock: Clock;
}

export class CodeService {
  readonly #ports: CodePorts;

  constructor(ports: CodePorts) {
    this.#ports = ports;
  }

  current(id: ItemId): CurrentCode {
    return currentCode(this.#codeOf(id).code, this.#ports.clock.now());
  }

  /** The code that was shown counts as used. */
  advance(id: ItemId): ChangeReceipt {
    const { item, code } = this.#codeOf(id);
    if (code.type !== 'hotp') throw new AppError('ipc/invalid-input', 'codes that go by time');
    const oneTimeCode = { ...code, counter: code.counter + 1 };
    return this.#ports.changes.save([{ item: { ...item, oneTimeCode } }]);
  }

  /** Throws `one-time-code/not-recognised`. */
  read(text: string): OneTimeCodeDetail {
    return toOneTimeCodeDetail(parseOneTimeCode(text));
  }

  #codeOf(id: ItemId) {
    const item = this.#ports.changes.vault.get(id);
    if (item.oneTimeCode === null) {
      throw new AppError('ipc/invalid-input', 'an item without one-time code');
    }
    return { item, code: item.oneTimeCode };
  }
}
