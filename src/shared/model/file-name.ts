// Names that a file may have wherever it is saved to: no way out of its folder, nothing that cannot be seen, and nothing
// that Windows keeps for its devices ("Naming Files, Paths, and Namespaces").
// SPDX-License-Identifier: MIT

import { toUtf8 } from '../bytes.ts';

export type FileNameProblem = 'empty' | 'slash' | 'dots' | 'unseen' | 'reserved' | 'end';

const SLASH = /[/\\]/u;
/** Controls, halves of characters, and what turns the text around it. */
const UNSEEN = /[\p{Cc}\p{Cs}\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;
/** Devices, whatever ending follows. */
const RESERVED = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)/iu;
/** In UTF-8: file systems take 255, and a number may have to go behind it. */
const LONGEST_BYTES = 240;
const LONGEST_ENDING = 32;
/** Characters that Windows takes for something else in a name. */
const FOREIGN = /[<>:"|?*]/gu;

/** Why no file can have that name everywhere; null where one can. */
export function fileNameProblem(name: string): FileNameProblem | null {
  if (name.trim() === '') return 'empty';
  if (SLASH.test(name)) return 'slash';
  if (/^\.+$/u.test(name.trim())) return 'dots';
  if (UNSEEN.test(name)) return 'unseen';
  if (RESERVED.test(name.trim())) return 'reserved';
  return /[. ]$/u.test(name) ? 'end' : null;
}

/** A name that a file can have everywhere, as near to `name` as that goes: for one that came in from elsewhere. */
export function toFileName(name: string): string {
  const every = new RegExp(`${SLASH.source}|${UNSEEN.source}`, 'gu');
  const plain = name.replace(every, '_').replace(FOREIGN, '_').trim();
  const ended = plain.replace(/[. ]+$/u, '');
  if (ended === '') return 'File';
  return cut(RESERVED.test(ended) ? `_${ended}` : ended);
}

/** `name (2).ext`, `name (3).ext`: the same name with a number, before its ending. */
export function numberedFileName(name: string, number: number): string {
  const [stem, ending] = parts(name);
  return `${stem} (${number})${ending}`;
}

function parts(name: string): readonly [stem: string, ending: string] {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
}

/** Shortens the stem until a file system takes the name, with a number behind it too. */
function cut(name: string): string {
  const [stem, ending] = parts(name);
  if (toUtf8(ending).length > LONGEST_ENDING) return cut(stem + ending.replaceAll('.', '_'));
  const kept = Array.from(stem);
  while (toUtf8(kept.join('') + ending).length > LONGEST_BYTES) kept.pop();
  return kept.join('') + ending;
}
