// Says what is wrong with a field once the person has gone on to something else, not while it is being typed.
// SPDX-License-Identifier: MIT

import { useState } from 'react';

/** What a text field takes for it. */
export interface ProblemProps {
  readonly error: string | null;
  readonly onFocus: () => void;
  readonly onBlur: () => void;
}

export function useProblem(problem: string | null): ProblemProps {
  const [isTyping, setIsTyping] = useState(false);
  return {
    error: isTyping ? null : problem,
    onFocus: () => {
      setIsTyping(true);
    },
    onBlur: () => {
      setIsTyping(false);
    },
  };
}
