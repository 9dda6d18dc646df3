// Which icon stands for a file, by the end of its name. It says what the file claims to be, not what it is.
// SPDX-License-Identifier: MIT

import {
  File,
  FileArchive,
  FileCode,
  FileImage,
  FileKey,
  FileMusic,
  FileSpreadsheet,
  FileText,
  FileVideoCamera,
  type LucideIcon,
} from 'lucide-react';

const ICONS: readonly (readonly [LucideIcon, readonly string[]])[] = [
  [FileImage, ['png', 'jpg', 'jpeg', 'gif', 'webp', 'svg', 'heic', 'tif', 'tiff', 'bmp', 'avif']],
  [FileText, ['txt', 'md', 'pdf', 'doc', 'docx', 'odt', 'rtf', 'log', 'eml']],
  [FileSpreadsheet, ['csv', 'tsv', 'xls', 'xlsx', 'ods']],
  [FileArchive, ['zip', 'gz', 'tar', 'tgz', 'xz', '7z', 'rar', 'zst', 'bz2']],
  [FileKey, ['pem', 'key', 'crt', 'cer', 'p12', 'pfx', 'asc', 'gpg', 'age', 'pub', 'kdbx', 'ovpn']],
  [FileCode, ['json', 'xml', 'html', 'js', 'ts', 'py', 'sh', 'yml', 'yaml', 'toml', 'ini', 'conf']],
  [FileMusic, ['mp3', 'wav', 'flac', 'ogg', 'm4a', 'opus']],
  [FileVideoCamera, ['mp4', 'mov', 'mkv', 'webm', 'avi']],
];

const byEnding = new Map(
  ICONS.flatMap(([icon, endings]) => endings.map((ending) => [ending, icon] as const)),
);

export function fileIconOf(name: string): LucideIcon {
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return byEnding.get(ending) ?? File;
}
