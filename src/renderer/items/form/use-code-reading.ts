// What a typed or scanned text stands for as a one-time code, asked of the main side while it is being typed.
// SPDX-License-Identifier: MIT

import { useEffect, useState } from 'react';
import type { OneTimeCodeDetail } from '../../../shared/model/item.ts';
import { toApiError, type ApiError } from '../../api.ts';
import { useServices } from '../../main/services.ts';

export type CodeReading =
  | { readonly is: 'empty' }
  | { readonly is: 'reading' }
  | { readonly is: 'code'; readonly code: OneTimeCodeDetail }
  | { readonly is: 'problem'; readonly sentence: string };

const REASONS: Readonly<Record<string, string>> = {
  secret: 'A setup key has the letters A to Z and the digits 2 to 7 alone.',
  uri: 'This is neither an otpauth:// address nor a setup key.',
  algorithm: 'It asks for a method of computing that Latchkey does not know.',
  digits: 'It asks for codes of a length that is not in use.',
  period: 'It asks for codes that change at an impossible pace.',
  counter: 'Its counter is not a number that can be counted on from.',
  type: 'It is neither a code by time, by counter, nor of Steam.',
  migration:
    'This is an export of several codes from Google Authenticator. Scan the code of one account alone.',
};

export function codeProblem({ code, details }: ApiError): string {
  const reason = typeof details.reason === 'string' ? REASONS[details.reason] : undefined;
  if (reason !== undefined) return reason;
  return code === 'ipc/invalid-input'
    ? 'This is too long for a one-time code.'
    : 'This is not a one-time code that Latchkey knows.';
}

export function useCodeReading(text: string): CodeReading {
  const { api } = useServices();
  const [last, setLast] = useState<{ text: string; reading: CodeReading } | null>(null);
  const trimmed = text.trim();
  useEffect(() => {
    if (trimmed === '') return;
    let isOld = false;
    const set = (reading: CodeReading): void => {
      if (!isOld) setLast({ text: trimmed, reading });
    };
    api['items:read-one-time-code']({ text: trimmed }).then(
      (code) => {
        set({ is: 'code', code });
      },
      (error: unknown) => {
        set({ is: 'problem', sentence: codeProblem(toApiError(error)) });
      },
    );
    return () => {
      isOld = true;
    };
  }, [api, trimmed]);
  if (trimmed === '') return { is: 'empty' };
  return last?.text === trimmed ? last.reading : { is: 'reading' };
}
