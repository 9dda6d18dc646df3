// Settings: how it looks, when it locks, how long a copied secret stays, quick unlock, and what may ask the network.
// Each change holds at once.
// SPDX-License-Identifier: MIT

import { DEFAULT_SETTINGS, type Settings } from '../../shared/model/vault.ts';
import { useServices } from '../main/services.ts';
import { useStore } from '../store.ts';
import { RoomPage } from '../ui/room-page.tsx';
import { Select } from '../ui/select.tsx';
import { changeSettings } from './change-settings.ts';
import { OnlineBreachCheck } from './online-breach-check.tsx';
import { QuickUnlock } from './quick-unlock.tsx';
import styles from './settings-room.module.css';

const THEMES: readonly { readonly id: Settings['theme']; readonly title: string }[] = [
  { id: 'system', title: 'As the system has it' },
  { id: 'light', title: 'Light' },
  { id: 'dark', title: 'Dark' },
];

const LOCK_MINUTES = [1, 2, 5, 10, 15, 30, 60, 120];
const CLIPBOARD_SECONDS = [5, 10, 20, 30, 60, 120, 300];

/** The steps to choose from, and the value itself where it is none of them. */
function toOptions(steps: readonly number[], value: number, preset: number, unit: string) {
  const all = steps.includes(value) ? steps : [...steps, value].sort((a, b) => a - b);
  return all.map((step) => ({
    id: String(step),
    title: step === 1 ? `1 ${unit}` : `${step} ${unit}s`,
    ...(step === preset ? { note: 'preset' } : {}),
  }));
}

export function SettingsRoom() {
  const services = useServices();
  const settings = useStore(services.settings);
  const change = (part: Partial<Settings>): void => {
    changeSettings(services, part);
  };
  return (
    <RoomPage title="Settings" lead="They hold for this computer, and at once.">
      <Choices settings={settings} change={change} />
      <QuickUnlock />
      <OnlineBreachCheck
        isOn={settings.onlineBreachCheck}
        onChange={(onlineBreachCheck) => {
          change({ onlineBreachCheck });
        }}
      />
    </RoomPage>
  );
}

interface ChoicesProps {
  readonly settings: Settings;
  readonly change: (part: Partial<Settings>) => void;
}

function Choices({ settings, change }: ChoicesProps) {
  return (
    <div className={styles.settings}>
      <Select
        label="Appearance"
        options={THEMES}
        value={settings.theme}
        onChange={(theme) => {
          change({ theme });
        }}
      />
      <NumberChoice
        label="Lock after"
        hint="Minutes without a key press or a click. It also locks when the computer sleeps."
        options={toOptions(
          LOCK_MINUTES,
          settings.autoLockMinutes,
          DEFAULT_SETTINGS.autoLockMinutes,
          'minute',
        )}
        value={settings.autoLockMinutes}
        onChange={(autoLockMinutes) => {
          change({ autoLockMinutes });
        }}
      />
      <NumberChoice
        label="Clear clipboard after"
        hint="A copied password leaves the clipboard then, and whenever the vault locks."
        options={toOptions(
          CLIPBOARD_SECONDS,
          settings.clipboardClearSeconds,
          DEFAULT_SETTINGS.clipboardClearSeconds,
          'second',
        )}
        value={settings.clipboardClearSeconds}
        onChange={(clipboardClearSeconds) => {
          change({ clipboardClearSeconds });
        }}
      />
    </div>
  );
}

interface NumberChoiceProps {
  readonly label: string;
  readonly hint: string;
  readonly options: readonly { readonly id: string; readonly title: string }[];
  readonly value: number;
  readonly onChange: (value: number) => void;
}

function NumberChoice({ label, hint, options, value, onChange }: NumberChoiceProps) {
  return (
    <div className={styles.choice}>
      <Select
        label={label}
        options={options}
        value={String(value)}
        onChange={(id) => {
          onChange(Number(id));
        }}
      />
      <p>{hint}</p>
    </div>
  );
}
