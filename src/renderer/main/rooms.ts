// The one table of rooms beside the items. Navigation, room switch, palette and keys derive from it: a new room is a
// row here and a folder.
// SPDX-License-Identifier: MIT

import { FileDown, FileUp, FlaskConical, Settings2, type LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';
import { SettingsRoom } from '../settings/settings-room.tsx';
import { TestSiteRoom } from '../test-site/test-site-room.tsx';
import { ExportRoom } from '../transfer/export-room.tsx';
import { ImportRoom } from '../transfer/import-room.tsx';

export interface Room {
  /** Also the id of the command that goes there. */
  readonly id: string;
  readonly title: string;
  readonly keys: string;
  readonly icon: LucideIcon;
  readonly Content: ComponentType;
}

export const rooms: readonly Room[] = [
  {
    id: 'test-site',
    title: 'Test site',
    keys: 'Mod+Shift+T',
    icon: FlaskConical,
    Content: TestSiteRoom,
  },
  { id: 'import', title: 'Import', keys: 'Mod+I', icon: FileDown, Content: ImportRoom },
  { id: 'export', title: 'Export', keys: 'Mod+Shift+E', icon: FileUp, Content: ExportRoom },
  { id: 'settings', title: 'Settings', keys: 'Mod+,', icon: Settings2, Content: SettingsRoom },
];
