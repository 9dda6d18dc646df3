// Opens the password generator beside a password field.
// SPDX-License-Identifier: MIT

import { WandSparkles } from 'lucide-react';
import { useState } from 'react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { classNames } from '../ui/class-names.ts';
import { IconButton } from '../ui/icon-button.tsx';
import styles from './generator-button.module.css';
import { Generator } from './generator.tsx';

export function GeneratorButton({ onUse }: { readonly onUse: (password: string) => void }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setIsOpen}>
      <IconButton
        icon={WandSparkles}
        label="Generate password"
        onPress={() => {
          setIsOpen(true);
        }}
      />
      <Popover className={classNames(styles.popover)} placement="bottom end" offset={8}>
        <Dialog className={classNames(styles.dialog)} aria-label="Password generator">
          <Generator
            onUse={(password) => {
              onUse(password);
              setIsOpen(false);
            }}
          />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
