// The coloured square that stands for an item: initials for what belongs to a site, the kind's icon for the rest.
// SPDX-License-Identifier: MIT

import type { ItemKind } from '../../shared/model/item-kinds.ts';
import { classNames } from '../ui/class-names.ts';
import { Tile, type TileProps } from '../ui/tile.tsx';
import tileStyles from '../ui/tile.module.css';
import { KIND_FACES } from './kind-faces.ts';

const ICON_SIZES = { s: 14, m: 17, l: 24 } as const;

export interface KindTileProps {
  readonly item: { readonly kind: ItemKind; readonly title: string };
  readonly size?: NonNullable<TileProps['size']>;
}

export function KindTile({ item, size = 'm' }: KindTileProps) {
  if (item.kind === 'login' || item.kind === 'passkey') {
    return <Tile title={item.title} size={size} />;
  }
  const { icon: Icon, hue } = KIND_FACES[item.kind];
  return (
    <span
      className={classNames(tileStyles.tile, tileStyles[size])}
      data-hue={hue}
      aria-hidden="true"
    >
      <Icon size={ICON_SIZES[size]} strokeWidth={1.8} />
    </span>
  );
}
