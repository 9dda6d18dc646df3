// What every editor of a value takes.
// SPDX-License-Identifier: MIT

import type { ValueType } from '../../../shared/model/item-kinds.ts';

export interface ValueEditorProps {
  readonly label: string;
  readonly type: ValueType;
  /** Null: the stored value stays. */
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
  readonly choices?: Readonly<Record<string, string>> | undefined;
  readonly isLong?: boolean | undefined;
  readonly isLabelHidden?: boolean;
  readonly placeholder?: string;
  /** Offers the generator beside it. */
  readonly canGenerate?: boolean;
}
