// How main tells the vault process where this machine remembers what it has seen of vaults: by an argument of its own.
// SPDX-License-Identifier: MIT

const SWITCH = '--pins-folder=';

export function pinsFolderSwitch(folder: string): string {
  return `${SWITCH}${folder}`;
}

/** Of the process's own arguments. Throws where it was started without. */
export function readPinsFolder(argv: readonly string[]): string {
  const given = argv.find((argument) => argument.startsWith(SWITCH));
  if (given === undefined) throw new Error(`vault process: started without ${SWITCH}`);
  return given.slice(SWITCH.length);
}
