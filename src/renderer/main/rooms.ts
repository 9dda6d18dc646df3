// The one table of rooms beside the items. Navigation, room switch, palette and keys derive from it: a new room is a
// row here and a folder.
// SPDX-License-Identifier: MIT

import {
  CopyCheck,
  DatabaseBackup,
  DoorOpen,
  FileDown,
  FileUp,
  FlaskConical,
  HeartPulse,
  Settings2,
  WandSparkles,
  type LucideIcon,
} from 'lucide-react';
import type { ComponentType } from 'react';
import { BackupsRoom } from '../backups/backups-room.tsx';
import { DuplicatesRoom } from '../duplicates/duplicates-room.tsx';
import { GeneratorRoom } from '../generator/generator-room.tsx';
import { HealthRoom } from '../health/health-room.tsx';
import { KeysRoom } from '../keys/keys-room.tsx';
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
  { id: 'health', title: 'Health', keys: 'Mod+B', icon: HeartPulse, Content: HealthRoom },
  {
    id: 'generator',
    title: 'Generator',
    keys: 'Mod+T',
    icon: WandSparkles,
    Content: GeneratorRoom,
  },
  {
    id: 'duplicates',
    title: 'Duplicates',
    keys: 'Mod+J',
    icon: CopyCheck,
    Content: DuplicatesRoom,
  },
  {
    id: 'backups',
    title: 'Backups',
    keys: 'Mod+Shift+B',
    icon: DatabaseBackup,
    Content: BackupsRoom,
  },
  { id: 'import', title: 'Import', keys: 'Mod+I', icon: FileDown, Content: ImportRoom },
  { id: 'export', title: 'Export', keys: 'Mod+Shift+E', icon: FileUp, Content: ExportRoom },
  { id: 'keys', title: 'Ways in', keys: 'Mod+Shift+K', icon: DoorOpen, Content: KeysRoom },
  {
    id: 'test-site',
    title: 'Test site',
    keys: 'Mod+Shift+T',
    icon: FlaskConical,
    Content: TestSiteRoom,
  },
  { id: 'settings', title: 'Settings', keys: 'Mod+,', icon: Settings2, Content: SettingsRoom },
];
