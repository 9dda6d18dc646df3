// The password generator: four ways of making a value, the value in sight, and what can be done with it. What was chosen
// stays chosen as long as the window lives.
// SPDX-License-Identifier: MIT

import { useEffect, type ComponentType } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useServices } from '../main/services.ts';
import { useStore } from '../store.ts';
import { classNames } from '../ui/class-names.ts';
import { CharactersForm } from './characters-form.tsx';
import type { GeneratorTab } from './generator-session.ts';
import styles from './generator.module.css';
import { GeneratedValue, type GeneratedValueProps } from './generated-value.tsx';
import { PassphraseForm } from './passphrase-form.tsx';
import { PinForm } from './pin-form.tsx';
import { SiteRulesForm } from './site-rules-form.tsx';

interface TabRow {
  readonly id: GeneratorTab;
  readonly title: string;
  readonly Form: ComponentType;
}

const TABS: readonly TabRow[] = [
  { id: 'characters', title: 'Characters', Form: CharactersForm },
  { id: 'passphrase', title: 'Passphrase', Form: PassphraseForm },
  { id: 'pin', title: 'PIN', Form: PinForm },
  { id: 'site-rules', title: 'Site rules', Form: SiteRulesForm },
];

export function Generator(props: GeneratedValueProps) {
  const { generator } = useServices();
  const { tab } = useStore(generator.state);
  useEffect(() => generator.open(), [generator]);
  return (
    <Tabs
      className={classNames(styles.generator)}
      selectedKey={tab}
      onSelectionChange={(key) => {
        const chosen = TABS.find(({ id }) => id === key);
        if (chosen) generator.show(chosen.id);
      }}
    >
      <TabList className={classNames(styles.tabs)} aria-label="What to generate">
        {TABS.map(({ id, title }) => (
          <Tab key={id} id={id} className={classNames(styles.tab)}>
            {title}
          </Tab>
        ))}
      </TabList>
      <GeneratedValue {...props} />
      {TABS.map(({ id, Form }) => (
        <TabPanel key={id} id={id} className={classNames(styles.panel)}>
          <Form />
        </TabPanel>
      ))}
    </Tabs>
  );
}
