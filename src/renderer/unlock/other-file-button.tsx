// Points at a vault file that lies elsewhere, through the system's dialog.
// SPDX-License-Identifier: MIT

import { useState } from 'react';
import type { VaultFile } from '../../shared/model/vault.ts';
import { toApiError, type Api, type ApiError } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';

export interface OtherFileButtonProps {
  readonly api: Api<'unlock'>;
  readonly onChosen: (vault: VaultFile) => void;
  readonly label?: string;
  readonly weight?: 'plain' | 'quiet';
}

export function OtherFileButton(props: OtherFileButtonProps) {
  const { api, onChosen, label = 'Other vault file…', weight = 'quiet' } = props;
  const [error, setError] = useState<ApiError | null>(null);
  const choose = (): void => {
    setError(null);
    api['vaults:choose-file']({}).then(
      (vault) => {
        if (vault) onChosen(vault);
      },
      (reason: unknown) => {
        setError(toApiError(reason));
      },
    );
  };
  return (
    <>
      {error && <ErrorNotice error={error} />}
      <Button weight={weight} onPress={choose}>
        {label}
      </Button>
    </>
  );
}
