// @vitest-environment jsdom
// The generator as a room and beside a password field: what it asks for, what it shows, what it keeps.
// SPDX-License-Identifier: MIT

import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { GeneratorButton } from '../../../src/renderer/generator/generator-button.tsx';
import { GeneratorRoom } from '../../../src/renderer/generator/generator-room.tsx';
import { runCommand } from '../../../src/renderer/main/commands.ts';
import type { Result } from '../../../src/shared/errors.ts';
import type {
  GeneratedPassword,
  GeneratorEntry,
  GeneratorRequest,
} from '../../../src/shared/model/generator.ts';
import { HandClock } from '../../support/hand-clock.ts';
import { alertText, isDisabled, openRoom } from '../keys/open-room.tsx';
import { click, settle, type } from '../support/hands.ts';
import { type FakeAnswers, ok, refuse } from '../support/fake-connection.ts';
import { stubLayout } from '../support/layout.ts';

const NOW = new HandClock().now();

/** Numbers the values that it makes, and remembers what it is told to. */
class FakeGenerator {
  readonly requests: GeneratorRequest[] = [];
  readonly copied: string[] = [];
  history: GeneratorEntry[] = [];

  answers(): FakeAnswers<'main'> {
    return {
      'generator:generate': (request) => {
        this.requests.push(request);
        return ok({ value: `Value#${this.requests.length}`, entropyBits: 64.6 });
      },
      'generator:history': () => ok([...this.history]),
      'generator:remember': ({ value }) => {
        this.history = [{ value, takenAt: NOW }, ...this.history];
        return ok(null);
      },
      'generator:clear-history': () => {
        this.history = [];
        return ok(null);
      },
      'clipboard:copy-secret': ({ text }) => {
        this.copied.push(text);
        return ok({ clearAfterMs: 30_000 });
      },
    };
  }

  get last(): GeneratorRequest | undefined {
    return this.requests.at(-1);
  }
}

async function openGenerator(
  answers: FakeAnswers<'main'> = {},
  history: readonly GeneratorEntry[] = [],
) {
  const fake = new FakeGenerator();
  fake.history = [...history];
  const room = await openRoom(<GeneratorRoom />, { ...fake.answers(), ...answers });
  return { ...room, fake };
}

const shown = () => screen.getByRole('status', { name: 'Generated password' }).textContent;
const tick = async (name: string | RegExp): Promise<void> => {
  fireEvent.click(screen.getByRole('checkbox', { name }));
  await settle();
};
const tab = async (name: string): Promise<void> => {
  fireEvent.click(screen.getByRole('tab', { name }));
  await settle();
};
/** Types a number and leaves the field. */
const enter = async (label: string, text: string): Promise<void> => {
  const input = screen.getByRole('textbox', { name: label });
  fireEvent.focus(input);
  fireEvent.change(input, { target: { value: text } });
  fireEvent.blur(input);
  await settle();
};
const rows = () =>
  within(screen.getByRole('list', { name: 'Generated values' })).getAllByRole('listitem');

beforeAll(stubLayout);
afterEach(cleanup);

describe('the generator', () => {
  it('shows a value with its entropy, and another one by button and key', async () => {
    const { services } = await openGenerator();
    expect(shown()).toBe('Value#1');
    expect(screen.getByText('64 bits: strong')).toBeTruthy();
    await click('New value');
    expect(shown()).toBe('Value#2');
    expect(runCommand('generate-another', services)).toBe(true);
    await settle();
    expect(shown()).toBe('Value#3');
  });

  it('asks for characters as they are chosen', async () => {
    const { fake } = await openGenerator();
    await enter('Length, as a number', '40');
    await tick('A–Z');
    await tick(/No look-alikes/);
    await enter('Digits, at least', '3');
    await type('Leave out', '{}');
    await settle();
    expect(fake.last).toEqual({
      ...{ type: 'characters', length: 40, lower: true, upper: false, digits: true, symbols: true },
      ...{ avoidAmbiguous: true, minDigits: 3, minSymbols: 1, exclude: '{}' },
    });
  });

  it('asks for no minimum of what is left out', async () => {
    const { fake } = await openGenerator();
    await tick('0–9');
    await tick('!#$%');
    expect(fake.last).toEqual({
      ...{ type: 'characters', length: 20, lower: true, upper: true, digits: false },
      ...{ symbols: false, avoidAmbiguous: false },
    });
    const minimum = screen.getByRole<HTMLInputElement>('textbox', { name: 'Digits, at least' });
    expect(minimum.disabled).toBe(true);
  });

  it('keeps the last class of characters', async () => {
    await openGenerator();
    for (const name of ['A–Z', '0–9', '!#$%']) await tick(name);
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'a–z' }).disabled).toBe(true);
  });

  it.each([
    ['500', 128],
    ['1', 8],
    ['no number', 20],
    ['', 20],
  ])('takes the length %j as %d', async (text, length) => {
    const { fake } = await openGenerator();
    await enter('Length, as a number', text);
    expect(fake.last).toMatchObject({ length });
  });

  it('asks for a passphrase', async () => {
    const { fake } = await openGenerator();
    await tab('Passphrase');
    await enter('Words, as a number', '5');
    await type('Between the words', '. ');
    await settle();
    await tick('Capitals');
    await tick(/A digit/);
    expect(fake.last).toEqual({
      ...{ type: 'passphrase', words: 5, separator: '. ', capitalise: true, addDigit: true },
    });
  });

  it('asks for a PIN', async () => {
    const { fake } = await openGenerator();
    await tab('PIN');
    await enter('Digits, as a number', '8');
    expect(fake.last).toEqual({ type: 'pin', length: 8 });
  });

  it('asks by the rules of a site, and says what they are', async () => {
    const { fake } = await openGenerator();
    await tab('Site rules');
    await type('Rules of the site', 'passwordrules="minlength: 9;\nrequired: digit; foo: bar"');
    await settle();
    expect(fake.last).toEqual({
      ...{ type: 'site-rules', rules: 'minlength: 9; required: digit; foo: bar', length: null },
    });
    const words = within(screen.getByRole('group', { name: 'What the rules ask for' }));
    expect(words.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      'At least 9 characters, one digit.',
      'Only digits may be used.',
    ]);
    expect(words.getByText('foo: bar')).toBeTruthy();
  });

  it('keeps what was chosen while the window lives, but no value', async () => {
    const { services, unmount } = await openGenerator();
    await tab('PIN');
    await enter('Digits, as a number', '8');
    unmount();
    const { tab: last, choices, generated } = services.generator.state.get();
    expect([last, choices.pin.length, generated]).toEqual(['pin', 8, null]);
    expect(runCommand('generate-another', services)).toBe(false);
  });
});

describe('rules that nothing can meet', () => {
  const impossible = { reason: 'too-short', needed: 32, length: 20 };

  it('are named, and the value of before stays', async () => {
    let isPossible = true;
    await openGenerator({
      'generator:generate': () =>
        isPossible
          ? ok({ value: 'kept', entropyBits: 99 })
          : refuse('generator/impossible-rules', impossible),
    });
    isPossible = false;
    await click('New value');
    expect(shown()).toBe('kept');
    expect(alertText()).toMatch(/add up to 32 characters.*was made before that/);
    isPossible = true;
    await click('New value');
    expect(alertText()).toBe('');
  });

  it('leave nothing to copy where there was no value yet', async () => {
    await openGenerator({
      'generator:generate': () => refuse('generator/impossible-rules', { reason: 'new-kind' }),
    });
    expect(alertText()).toContain('Loosen one of them');
    expect(isDisabled('Copy generated password')).toBe(true);
  });

  it('are told from other failures', async () => {
    await openGenerator({
      'generator:generate': () => refuse('vault/locked', { reason: 'words' }),
    });
    expect(alertText()).toContain('The vault is locked.');
    expect(alertText()).not.toContain('number of words');
  });
});

describe('answers that come late', () => {
  it('are passed over for what was chosen last, asked for once', async () => {
    const waiting: ((result: Result<GeneratedPassword>) => void)[] = [];
    const lengths: number[] = [];
    await openGenerator({
      'generator:generate': (request) => {
        if (request.type === 'characters') lengths.push(request.length);
        return new Promise((resolve) => waiting.push(resolve));
      },
    });
    for (const length of ['21', '22', '23']) await enter('Length, as a number', length);
    expect(lengths).toEqual([20]);
    waiting.shift()?.({ ok: true, value: { value: 'late', entropyBits: 1 } });
    await settle();
    expect([shown(), lengths]).toEqual(['', [20, 23]]);
    waiting.shift()?.({ ok: true, value: { value: 'wanted', entropyBits: 1 } });
    await settle();
    expect(shown()).toBe('wanted');
  });

  it('are dropped when nobody looks any more', async () => {
    const waiting: ((result: Result<GeneratedPassword>) => void)[] = [];
    const { services, unmount } = await openGenerator({
      'generator:generate': () => new Promise((resolve) => waiting.push(resolve)),
    });
    unmount();
    waiting.shift()?.({ ok: true, value: { value: 'late', entropyBits: 1 } });
    await settle();
    expect(services.generator.state.get().generated).toBeNull();
  });
});

describe('the history', () => {
  const entries = [
    { value: 'first-value', takenAt: NOW - 60_000 },
    { value: 'second-value', takenAt: NOW - 86_400_000 },
  ];

  it('has what was copied, at once', async () => {
    const { fake } = await openGenerator();
    expect(screen.getByText(/Nothing yet/)).toBeTruthy();
    await click('Copy generated password');
    expect(fake.copied).toEqual(['Value#1']);
    expect(rows()).toHaveLength(1);
  });

  it('covers its values, shows one at a time, and covers it again', async () => {
    const { services } = await openGenerator({}, entries);
    expect(screen.queryByText('first-value')).toBeNull();
    await click(/^Reveal/, 0);
    expect(rows()[0]?.textContent).toContain('first-value');
    await click(/^Reveal/, 0);
    expect(rows().map(({ textContent }) => textContent.includes('-value'))).toEqual([false, true]);
    (services.clock as HandClock).turn(30_000);
    await settle();
    expect(rows().map(({ textContent }) => textContent.includes('-value'))).toEqual([false, false]);
  });

  it('copies a value without showing it', async () => {
    const { fake } = await openGenerator({}, entries);
    await click(/^Copy the value/, 1);
    expect(fake.copied).toEqual(['second-value']);
    expect(screen.queryByText('second-value')).toBeNull();
  });

  it('is cleared after it said what is lost, or kept', async () => {
    const { fake } = await openGenerator({}, entries);
    await click('Clear history…');
    expect(screen.getByText(/2 values will be gone for good/)).toBeTruthy();
    await click('Keep');
    expect(fake.history).toHaveLength(2);
    await click('Clear history…');
    await click('Clear now');
    expect(fake.history).toEqual([]);
    expect(screen.getByText(/Nothing yet/)).toBeTruthy();
  });

  it('stays in sight when it cannot be cleared', async () => {
    await openGenerator({ 'generator:clear-history': () => refuse('vault/write-failed') }, entries);
    await click('Clear history…');
    await click('Clear now');
    expect(alertText()).toContain('could not be written');
    expect(rows()).toHaveLength(2);
  });

  it('says why it cannot be read', async () => {
    await openGenerator({ 'generator:history': () => refuse('vault/item-damaged') });
    expect(alertText()).toContain('is damaged');
  });

  it('reports a value that could not be remembered', async () => {
    const { fake } = await openGenerator({
      'generator:remember': () => refuse('vault/write-failed'),
    });
    await click('Copy generated password');
    expect(fake.copied).toEqual(['Value#1']);
    expect(screen.getByText(/could not be written to the disk/)).toBeTruthy();
  });
});

describe('beside a password field', () => {
  it('hands the value over, remembers it and closes', async () => {
    const fake = new FakeGenerator();
    const used: string[] = [];
    await openRoom(<GeneratorButton onUse={(value) => used.push(value)} />, fake.answers());
    expect(fake.requests).toEqual([]);
    await click('Generate password');
    expect(screen.getByRole('dialog', { name: 'Password generator' })).toBeTruthy();
    await click('Use this password');
    expect(used).toEqual(['Value#1']);
    expect(fake.history.map(({ value }) => value)).toEqual(['Value#1']);
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
