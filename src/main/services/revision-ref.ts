// The name of a revision towards windows: `<lamport>-<device id>`.
// SPDX-License-Identifier: MIT

import type { DeviceId } from '../../shared/brand.ts';
import { AppError } from '../../shared/errors.ts';
import type { RevisionRef } from '../../shared/model/item.ts';
import type { Revision } from '../vault/sealed-item.ts';

export function toRevisionRef({ lamport, deviceId }: Revision): RevisionRef {
  return `${lamport}-${deviceId}`;
}

/** Throws `ipc/invalid-input`. */
export function parseRevisionRef(ref: RevisionRef): Revision {
  const match = /^([0-9]{1,16})-([0-9a-f]{32})$/.exec(ref);
  const lamport = Number(match?.[1]);
  if (match?.[2] === undefined || !Number.isSafeInteger(lamport)) {
    throw new AppError('ipc/invalid-input', 'not the name of a revision');
  }
  return { lamport, deviceId: match[2] as DeviceId };
}
