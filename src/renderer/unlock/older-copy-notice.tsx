// What is said where a file is older than what this computer has seen of its vault, and the ways on: trying again once
// the newer one is back, another file, and, as it is no wall for whoever put the older copy there on purpose, opening it.
// SPDX-License-Identifier: MIT

import { useState } from 'react';
import type { VaultFile } from '../../shared/model/vault.ts';
import type { Api, ApiError } from '../api.ts';
import { formatTime } from '../format.ts';
import type { ErrorSentence } from '../error-sentences.ts';
import { Button } from '../ui/button.tsx';
import { SentenceNotice } from '../ui/error-notice.tsx';
import { OtherFileButton } from './other-file-button.tsx';
import styles from './unlock.module.css';

/** Stands in the form of what was refused: trying again presents the same once more. */
export interface OlderCopyNoticeProps {
  readonly api: Api<'unlock'>;
  readonly error: ApiError;
  readonly isBusy: boolean;
  readonly onOpenAllTheSame: () => void;
  readonly onChosen: (vault: VaultFile) => void;
}

export function OlderCopyNotice(props: OlderCopyNoticeProps) {
  const { api, error, isBusy, onOpenAllTheSame, onChosen } = props;
  const [now] = useState(() => Date.now());
  const isOlder = error.code === 'vault/older-copy';
  return (
    <>
      <SentenceNotice sentence={olderCopySentence(error, now)} />
      <div className={styles.ways}>
        <Button weight="primary" type="submit" isPending={isBusy}>
          Try again
        </Button>
        <OtherFileButton
          api={api}
          label="Choose another file…"
          weight="plain"
          onChosen={onChosen}
        />
        <Button weight="quiet" onPress={onOpenAllTheSame}>
          {isOlder ? 'Open this older copy all the same' : 'Open this file all the same'}
        </Button>
      </div>
    </>
  );
}

/** Whether this computer's memory of the vault is why it was refused. */
export function isAgainstMemory({ details }: ApiError): boolean {
  return details.step === 'pins';
}

/** Says what is known and no more: a second copy that is kept on purpose looks the same as one that was put back. */
export function olderCopySentence({ code, details }: ApiError, now: number): ErrorSentence {
  const seen = timeOf(details.seenAt, now);
  const kept = 'The file was left exactly as it is.';
  if (code !== 'vault/older-copy') {
    return {
      happened: 'This file protects its password less than this computer has seen this vault do.',
      kept: seen === null ? kept : `It was seen here: ${seen}. ${kept}`,
      todo: 'Latchkey never lowers that: somebody may have changed the file. Put back a copy that you trust and try again, or choose one.',
    };
  }
  const newest = timeOf(details.newestAt, now);
  const ends =
    newest === null
      ? 'In this copy the latest changes are missing.'
      : `The newest change in this copy is of ${newest}; what came later is missing in it.`;
  return {
    happened: 'This file is an older copy of this vault.',
    kept:
      seen === null
        ? 'This computer has seen it further on.'
        : `This computer has seen it further on: ${seen}.`,
    todo: `${ends} If you put it there yourself, or keep two copies side by side, open it. If not, somebody may have put it back: put the newer file in its place and try again, or choose it.`,
  };
}

function timeOf(value: string | number | boolean | undefined, now: number): string | null {
  return typeof value === 'number' && Math.abs(value) <= 8.64e15 ? formatTime(value, now) : null;
}
