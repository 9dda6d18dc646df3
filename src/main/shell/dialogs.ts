// The file dialogs of the desktop, over the window that asked.
// SPDX-License-Identifier: MIT

import { dialog, type BrowserWindow, type FileFilter } from 'electron/main';
import { VAULT_EXTENSION } from './vault-files.ts';

/** Ending of encrypted exports. */
export const EXPORT_EXTENSION = '.latchkey-export';
/** Ending of key files that are made here. */
export const KEY_FILE_EXTENSION = '.latchkey-key';

const bare = (extension: string): string => extension.slice(1);
const ALL_FILES: FileFilter = { name: 'All files', extensions: ['*'] };

export function chooseVaultFile(parent: BrowserWindow): Promise<string | null> {
  return chooseOne(parent, 'Open a vault', [
    { name: 'Latchkey vaults', extensions: [bare(VAULT_EXTENSION)] },
  ]);
}

export function chooseImportFile(parent: BrowserWindow): Promise<string | null> {
  return chooseOne(parent, 'Import', [
    { name: 'Passwords to import', extensions: ['csv', bare(EXPORT_EXTENSION)] },
    ALL_FILES,
  ]);
}

export function chooseKeyFile(parent: BrowserWindow): Promise<string | null> {
  return chooseOne(parent, 'Choose the key file', [ALL_FILES]);
}

export function chooseAttachment(parent: BrowserWindow): Promise<string | null> {
  return chooseOne(parent, 'Attach a file', [ALL_FILES]);
}

export function choosePicture(parent: BrowserWindow): Promise<string | null> {
  return chooseOne(parent, 'A picture of a QR code', [
    { name: 'Pictures', extensions: ['png', 'jpg', 'jpeg', 'gif', 'webp'] },
    ALL_FILES,
  ]);
}

/** One large file, or the folder of ranges that the official downloader can make. */
export async function chooseBreachList(parent: BrowserWindow): Promise<string | null> {
  const { filePaths } = await dialog.showOpenDialog(parent, {
    title: 'A list of breached passwords',
    // On Windows and Linux a dialog is for files or for folders; any file of a folder of ranges stands for it.
    properties: process.platform === 'darwin' ? ['openFile', 'openDirectory'] : ['openFile'],
    filters: [ALL_FILES],
  });
  return filePaths[0] ?? null;
}

export async function chooseExportFile(parent: BrowserWindow): Promise<string | null> {
  // The day is enough to tell exports apart, and says nothing about what is in them.
  const name = `Latchkey ${new Date().toISOString().slice(0, 10)}`;
  return chooseTarget(parent, { title: 'Export the vault', name, extension: EXPORT_EXTENSION });
}

export function chooseNewKeyFile(parent: BrowserWindow): Promise<string | null> {
  const extension = KEY_FILE_EXTENSION;
  return chooseTarget(parent, { title: 'Make a key file', name: 'Latchkey key', extension });
}

export async function chooseAttachmentTarget(
  parent: BrowserWindow,
  name: string,
): Promise<string | null> {
  return chooseTarget(parent, { title: 'Save the file', name, extension: '' });
}

/** A folder for all files of an item. */
export async function chooseAttachmentsFolder(parent: BrowserWindow): Promise<string | null> {
  const { filePaths } = await dialog.showOpenDialog(parent, {
    title: 'Save all files into a folder',
    properties: ['openDirectory', 'createDirectory'],
  });
  return filePaths[0] ?? null;
}

/** Says which host it is before anything leaves the application. */
export async function confirmLink(
  parent: BrowserWindow,
  link: { readonly host: string; readonly isEncrypted: boolean },
): Promise<boolean> {
  const { response } = await dialog.showMessageBox(parent, {
    type: link.isEncrypted ? 'question' : 'warning',
    message: `Open ${link.host} in your browser?`,
    detail: link.isEncrypted ? '' : 'This address is not encrypted: others on the way can read it.',
    buttons: ['Open', 'Cancel'],
    defaultId: 0,
    cancelId: 1,
  });
  return response === 0;
}

async function chooseOne(
  parent: BrowserWindow,
  title: string,
  filters: FileFilter[],
): Promise<string | null> {
  const { filePaths } = await dialog.showOpenDialog(parent, {
    title,
    properties: ['openFile'],
    filters,
  });
  return filePaths[0] ?? null;
}

async function chooseTarget(
  parent: BrowserWindow,
  wanted: { readonly title: string; readonly name: string; readonly extension: string },
): Promise<string | null> {
  const { title, name, extension } = wanted;
  const { filePath, canceled } = await dialog.showSaveDialog(parent, {
    title,
    defaultPath: `${name}${extension}`,
    ...(extension === '' ? {} : { filters: [{ name: 'Latchkey', extensions: [bare(extension)] }] }),
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  });
  if (canceled || filePath === '') return null;
  return filePath.endsWith(extension) ? filePath : `${filePath}${extension}`;
}
