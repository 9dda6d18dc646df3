// The ways into a vault that are not asked for now, each a button.
// SPDX-License-Identifier: MIT

import { Button } from '../ui/button.tsx';
import type { OfferedWays, WayChoice } from './offered-ways.ts';
import { OtherKinds } from './secret-fields.tsx';
import styles from './secret-fields.module.css';

export interface OtherWaysProps {
  readonly offered: OfferedWays;
  readonly onChoose: (way: WayChoice) => void;
}

export function OtherWays({ offered, onChoose }: OtherWaysProps) {
  const { types, quick, isQuick, type } = offered;
  const isAlone = types.length === 1 && !isQuick && quick === null;
  if (isAlone) return null;
  return (
    <div className={styles.ways}>
      {quick && !isQuick && (
        <Button
          weight="quiet"
          onPress={() => {
            onChoose('quick');
          }}
        >
          {quick.by === 'pin' ? 'Use PIN' : 'Use Touch ID'}
        </Button>
      )}
      <OtherKinds types={types} current={isQuick ? null : type} onChoose={onChoose} />
    </div>
  );
}
