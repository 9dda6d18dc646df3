// The steps of an import and what leads from one to the next. Leaving the room discards what was not taken.
// SPDX-License-Identifier: MIT

import { useEffect, useRef, useState } from 'react';
import type { ImportCandidate, ImportOutcome, ImportReport } from '../../shared/model/transfer.ts';
import type { Api, ApiError } from '../api.ts';
import { toApiError } from '../api.ts';
import { useServices } from '../main/services.ts';
import { withPasswordBytes } from '../password-bytes.ts';
import { useProgress } from './transfer-progress.tsx';

export type ImportStep =
  | { readonly at: 'start' }
  | { readonly at: 'password'; readonly candidate: ImportCandidate }
  | { readonly at: 'preview'; readonly report: ImportReport }
  | { readonly at: 'done'; readonly report: ImportReport; readonly outcome: ImportOutcome };

const START: ImportStep = { at: 'start' };

export function useImport() {
  const { api } = useServices();
  const [step, setStep] = useState<ImportStep>(START);
  const { error, isBusy, attempt } = useAttempt();
  const file = useOpenFile(api);
  const preview = async (candidate: ImportCandidate, password: string | null): Promise<void> => {
    setStep({ at: 'preview', report: await readPreview(api, candidate.token, password) });
  };
  return {
    step,
    error,
    isBusy,
    progress: useProgress(isBusy),
    choose: () => {
      attempt(async () => {
        const candidate = await api['transfer:choose-import']({});
        if (!candidate) return;
        file.keep(candidate.token);
        if (candidate.needsPassword) setStep({ at: 'password', candidate });
        else await preview(candidate, null);
      });
    },
    preview: (candidate: ImportCandidate, password: string) => {
      attempt(() => preview(candidate, password));
    },
    commit: (report: ImportReport) => {
      attempt(async () => {
        const outcome = await api['transfer:commit-import']({ token: report.token });
        file.keep(null);
        setStep({ at: 'done', report, outcome });
      });
    },
    discard: () => {
      setStep(START);
      attempt(() => file.discard());
    },
    restart: () => {
      setStep(START);
    },
  };
}

function readPreview(
  api: Api<'main'>,
  token: string,
  password: string | null,
): Promise<ImportReport> {
  if (password === null) return api['transfer:preview-import']({ token, password: null });
  return withPasswordBytes([password], (bytes = new Uint8Array()) =>
    api['transfer:preview-import']({ token, password: bytes }),
  );
}

/** Runs one piece of work at a time and keeps what went wrong with the last one. */
function useAttempt() {
  const [error, setError] = useState<ApiError | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const attempt = (work: () => Promise<void>): void => {
    setIsBusy(true);
    setError(null);
    work()
      .catch((reason: unknown) => {
        setError(toApiError(reason));
      })
      .finally(() => {
        setIsBusy(false);
      });
  };
  return { error, isBusy, attempt };
}

/** The chosen file while it is neither taken nor discarded; it is discarded when the room is left. */
function useOpenFile(api: Api<'main'>) {
  const token = useRef<string | null>(null);
  const discard = async (): Promise<void> => {
    const open = token.current;
    token.current = null;
    if (open !== null) await api['transfer:discard-import']({ token: open });
  };
  useEffect(
    () => () => {
      const open = token.current;
      // The main side forgets it with the session as well: nothing is lost if this does not arrive.
      if (open !== null) api['transfer:discard-import']({ token: open }).catch(() => undefined);
    },
    [api],
  );
  return {
    keep: (next: string | null) => {
      token.current = next;
    },
    discard,
  };
}
