// The file dialogs of the desktop, over the window that asked.
// SPDX-License-Identifier: MIT

import { dialog, type BrowserWindow } from 'electron/main';
import { VAULT_EXTENSION } from './vault-files.ts';

/** Ending of encrypted exports. */
export const EXPORT_EXTENSION = '.latchkey-export';

const bare = (extension: string): string => extension.slice(1);

export async function chooseVaultFile(parent: BrowserWindow): Promise<string | null> {
  const { filePaths } = await dialog.showOpenDialog(parent, {
    title: 'Open a vault',
    properties: ['openFile'],
    filters: [{ name: 'Latchkey vaults', extensions: [bare(VAULT_EXTENSION)] }],
  });
  return filePaths[0] ?? null;
}

export async function chooseImportFile(parent: BrowserWindow): Promise<string | null> {
  const { filePaths } = await dialog.showOpenDialog(parent, {
    title: 'Import',
    properties: ['openFile'],
    filters: [
      { name: 'Passwords to import', extensions: ['csv', bare(EXPORT_EXTENSION)] },
      { name: 'All files', extensions: ['*'] },
    ],
  });
  return filePaths[0] ?? null;
}

export async function chooseExportFile(parent: BrowserWindow): Promise<string | null> {
  const { filePath, canceled } = await dialog.showSaveDialog(parent, {
    title: 'Export the vault',
    // The day is enough to tell exports apart, and says nothing about what is in them.
    defaultPath: `Latchkey ${new Date().toISOString().slice(0, 10)}${EXPORT_EXTENSION}`,
    filters: [{ name: 'Latchkey exports', extensions: [bare(EXPORT_EXTENSION)] }],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  });
  if (canceled || filePath === '') return null;
  return filePath.endsWith(EXPORT_EXTENSION) ? filePath : `${filePath}${EXPORT_EXTENSION}`;
}
