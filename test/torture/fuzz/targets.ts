// The table of parsers under fuzz. A room with another parser adds a file under targets/ and a row here.
// SPDX-License-Identifier: MIT

import type { FuzzTarget } from './fuzz-target.ts';
import { codecTargets } from './targets/codec.ts';
import { oneTimeCodeTargets } from './targets/one-time-codes.ts';
import { pinTargets } from './targets/pins.ts';
import { sealedTargets } from './targets/sealed.ts';
import { sshTargets } from './targets/ssh.ts';
import { textTargets } from './targets/texts.ts';
import { transferTargets } from './targets/transfer.ts';
import { vaultTargets } from './targets/vault.ts';
import { webauthnTargets } from './targets/webauthn.ts';

export async function fuzzTargets(): Promise<readonly FuzzTarget[]> {
  return [
    ...(await vaultTargets()),
    ...pinTargets(),
    ...sealedTargets,
    ...(await transferTargets()),
    ...codecTargets,
    ...webauthnTargets,
    ...oneTimeCodeTargets,
    ...(await sshTargets()),
    ...textTargets,
  ];
}
