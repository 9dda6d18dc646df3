// The password generator: length, classes of characters, how hard the result is to guess. The vault process makes the
// passwords; this asks for one whenever the rules change.
// SPDX-License-Identifier: MIT

import { Copy, RefreshCw } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { Label, Slider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components';
import type { GeneratedPassword, GeneratorRules } from '../../shared/model/item.ts';
import { useServices } from '../main/services.ts';
import { Button } from '../ui/button.tsx';
import { CheckBox } from '../ui/check-box.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { SecretText } from '../ui/secret-text.tsx';
import styles from './generator.module.css';

const START: GeneratorRules = {
  length: 20,
  lower: true,
  upper: true,
  digits: true,
  symbols: true,
  avoidAmbiguous: false,
};

const CLASSES = [
  { name: 'lower', title: 'a–z' },
  { name: 'upper', title: 'A–Z' },
  { name: 'digits', title: '0–9' },
  { name: 'symbols', title: '!#$%' },
] as const;

type ClassName = (typeof CLASSES)[number]['name'];

export function Generator({ onUse }: { readonly onUse: (password: string) => void }) {
  const { actions } = useServices();
  const [rules, setRules] = useState(START);
  const { generated, again } = useGenerated(rules);
  const change = (part: Partial<GeneratorRules>): void => {
    setRules({ ...rules, ...part });
  };
  const value = generated?.value ?? '';
  return (
    <div className={styles.generator}>
      <div className={styles.result} role="status" aria-label="Generated password">
        <SecretText text={value} />
      </div>
      <p className={styles.entropy}>
        {generated ? toEntropyWords(generated.entropyBits) : ''}
        <IconButton icon={RefreshCw} label="Another password" onPress={again} />
        <IconButton
          icon={Copy}
          label="Copy generated password"
          isDisabled={value === ''}
          onPress={() => {
            actions.copyText('Password', value);
          }}
        />
      </p>
      <LengthSlider
        length={rules.length}
        onChange={(length) => {
          change({ length });
        }}
      />
      <ClassBoxes rules={rules} onChange={change} />
      <Button
        weight="primary"
        isWide
        isDisabled={value === ''}
        onPress={() => {
          onUse(value);
        }}
      >
        Use this password
      </Button>
    </div>
  );
}

function toEntropyWords(bits: number): string {
  const rounded = Math.floor(bits);
  if (rounded >= 100) return `${rounded} bits: beyond any guessing`;
  if (rounded >= 70) return `${rounded} bits: strong`;
  return `${rounded} bits: only where a site allows no more`;
}

function useGenerated(rules: GeneratorRules) {
  const { api, report } = useServices();
  const [generated, setGenerated] = useState<GeneratedPassword | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let isOld = false;
    api['generator:generate'](rules).then((password) => {
      if (!isOld) setGenerated(password);
    }, report);
    return () => {
      isOld = true;
    };
  }, [api, report, rules, round]);
  const again = useCallback(() => {
    setRound((before) => before + 1);
  }, []);
  return { generated, again };
}

function LengthSlider({
  length,
  onChange,
}: {
  length: number;
  onChange: (length: number) => void;
}) {
  return (
    <Slider
      className={styles.slider ?? ''}
      value={length}
      minValue={8}
      maxValue={64}
      onChange={onChange}
    >
      <Label>Length</Label>
      <SliderOutput>{length} characters</SliderOutput>
      <SliderTrack className={styles.track ?? ''}>
        <i style={{ width: `${((length - 8) / 56) * 100}%` }} />
        <SliderThumb className={styles.thumb ?? ''} />
      </SliderTrack>
    </Slider>
  );
}

interface ClassBoxesProps {
  readonly rules: GeneratorRules;
  readonly onChange: (part: Partial<GeneratorRules>) => void;
}

function ClassBoxes({ rules, onChange }: ClassBoxesProps) {
  const chosen = CLASSES.filter(({ name }) => rules[name]);
  return (
    <fieldset className={styles.classes}>
      <legend>Characters</legend>
      {CLASSES.map(({ name, title }) => (
        <CheckBox
          key={name}
          isChecked={rules[name]}
          // The last class stays: a password needs characters.
          isDisabled={chosen.length === 1 && rules[name]}
          onChange={(isChecked) => {
            onChange({ [name]: isChecked } satisfies Partial<Record<ClassName, boolean>>);
          }}
        >
          {title}
        </CheckBox>
      ))}
      <CheckBox
        isChecked={rules.avoidAmbiguous}
        onChange={(avoidAmbiguous) => {
          onChange({ avoidAmbiguous });
        }}
      >
        No look-alikes (0 O o, 1 l I |)
      </CheckBox>
    </fieldset>
  );
}
