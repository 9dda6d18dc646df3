// The few globals that Node, Electron and Chromium have in common and that shared code may use.
// SPDX-License-Identifier: MIT

declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}

declare class TextDecoder {
  constructor(label: 'utf-8', options: { fatal: boolean; ignoreBOM: boolean });
  decode(bytes: Uint8Array): string;
}

declare function setTimeout(action: () => void, delayMs: number): unknown;
declare function clearTimeout(timer: unknown): void;
