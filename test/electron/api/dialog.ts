// dialog: under test every function throws until the test has put its own in place; where a person runs it the
// desktop's zenity asks (kdialog where only that is installed).
// SPDX-License-Identifier: MIT

import { execFile } from 'node:child_process';
import type {
  MessageBoxOptions,
  MessageBoxReturnValue,
  OpenDialogOptions,
  OpenDialogReturnValue,
  SaveDialogOptions,
  SaveDialogReturnValue,
} from 'electron';
import { strictObject } from '../page/strict-object.ts';
import { findProgram } from './find-program.ts';
import { standIn } from './stand-in.ts';

type Arguments<Options> = [options: Options] | [window: unknown, options: Options];

function optionsOf<Options>(args: Arguments<Options>): Options {
  return args.length === 1 ? args[0] : args[1];
}

/** The program that asks, or an error that says why nobody can be asked. */
function asker(name: string): 'zenity' | 'kdialog' {
  const { isUnderTest, isHeadless } = standIn().options;
  if (isUnderTest) throw new Error(`dialog.${name}: the test has not said what the person answers`);
  if (isHeadless) throw new Error(`dialog.${name}: there is no display to ask on`);
  if (findProgram('zenity') !== null) return 'zenity';
  if (findProgram('kdialog') !== null) return 'kdialog';
  throw new Error(`dialog.${name}: install zenity to be asked for files outside of Electron`);
}

interface Answer {
  readonly code: number;
  readonly output: string;
}

function run(program: string, args: readonly string[]): Promise<Answer> {
  return new Promise((resolve) => {
    execFile(program, args, (error, stdout) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ code, output: stdout.replace(/\n$/, '') });
    });
  });
}

function openArguments(program: string, options: OpenDialogOptions): string[] {
  const { title = 'Open', defaultPath = '', properties = [] } = options;
  const isFolder = properties.includes('openDirectory');
  const isMany = properties.includes('multiSelections');
  if (program === 'kdialog') {
    const many = isMany ? ['--multiple', '--separate-output'] : [];
    const kind = isFolder ? '--getexistingdirectory' : '--getopenfilename';
    return ['--title', title, ...many, kind, defaultPath === '' ? '.' : defaultPath];
  }
  return [
    '--file-selection',
    `--title=${title}`,
    ...(defaultPath === '' ? [] : [`--filename=${defaultPath}`]),
    ...(isFolder ? ['--directory'] : []),
    ...(isMany ? ['--multiple', '--separator=\n'] : []),
    ...(options.filters ?? []).map(
      ({ name, extensions }) =>
        `--file-filter=${name} | ${extensions.map((e) => (e === '*' ? '*' : `*.${e}`)).join(' ')}`,
    ),
  ];
}

function saveArguments(program: string, options: SaveDialogOptions): string[] {
  const { title = 'Save', defaultPath = '' } = options;
  if (program === 'kdialog') return ['--title', title, '--getsavefilename', defaultPath];
  return ['--file-selection', '--save', `--title=${title}`, `--filename=${defaultPath}`];
}

async function askMessage(options: MessageBoxOptions): Promise<MessageBoxReturnValue> {
  const program = asker('showMessageBox');
  if (program === 'kdialog') throw new Error('dialog.showMessageBox: install zenity');
  const buttons = options.buttons ?? ['OK'];
  const text = [options.message, options.detail].filter((part) => part !== undefined).join('\n\n');
  const { output } = await run('zenity', [
    '--question',
    '--switch',
    '--no-markup',
    `--title=${options.title ?? ''}`,
    `--text=${text}`,
    ...buttons.map((button) => `--extra-button=${button}`),
  ]);
  const chosen = buttons.indexOf(output);
  return { response: chosen >= 0 ? chosen : (options.cancelId ?? 0), checkboxChecked: false };
}

export const dialog = strictObject('dialog', {
  async showOpenDialog(...args: Arguments<OpenDialogOptions>): Promise<OpenDialogReturnValue> {
    const program = asker('showOpenDialog');
    const { code, output } = await run(program, openArguments(program, optionsOf(args)));
    const filePaths = code === 0 ? output.split('\n').filter((path) => path !== '') : [];
    return { canceled: filePaths.length === 0, filePaths };
  },
  async showSaveDialog(...args: Arguments<SaveDialogOptions>): Promise<SaveDialogReturnValue> {
    const program = asker('showSaveDialog');
    const { code, output } = await run(program, saveArguments(program, optionsOf(args)));
    const filePath = code === 0 ? output : '';
    return { canceled: filePath === '', filePath };
  },
  // Not async: a promise that waited a turn for another one would, asked through the debugger between two turns of the
  // loop, count as rejected with nobody listening, and end the process.
  showMessageBox(...args: Arguments<MessageBoxOptions>): Promise<MessageBoxReturnValue> {
    return askMessage(optionsOf(args));
  },
  showErrorBox(title: string, content: string): void {
    if (standIn().options.isUnderTest) asker('showErrorBox');
    process.stderr.write(`${title}\n${content}\n`);
    if (standIn().options.isHeadless || findProgram('zenity') === null) return;
    void run('zenity', ['--error', '--no-markup', `--title=${title}`, `--text=${content}`]);
  },
});
