// The host that asks, in the largest type of the window: the registrable domain strong, the rest muted.
// SPDX-License-Identifier: MIT

import type { ApprovalPrompt } from '../../shared/model/approval.ts';
import styles from './approval.module.css';
import { splitOrigin } from './display-text.ts';

export function OriginTitle({ prompt }: { readonly prompt: ApprovalPrompt }) {
  const { before, domain, port } = splitOrigin(prompt.origin, prompt.registrableDomain);
  const isLong = before.length + domain.length + port.length > 24;
  return (
    <h1 className={styles.origin} data-long={isLong} dir="ltr">
      {before}
      <b>{domain}</b>
      {port}
    </h1>
  );
}
