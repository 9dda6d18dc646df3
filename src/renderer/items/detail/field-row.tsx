// One field as it is read: its label, its value and what can be done with it. A secret is covered until it is asked
// for, and covers itself again.
// SPDX-License-Identifier: MIT

import { Copy, Eye, EyeOff, Maximize2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { FieldRef, ItemDetail } from '../../../shared/model/item.ts';
import { keysOf } from '../../main/commands.ts';
import { useServices } from '../../main/services.ts';
import { useStore } from '../../store.ts';
import { CardRow } from '../../ui/card.tsx';
import { classNames } from '../../ui/class-names.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Keys } from '../../ui/keys.tsx';
import { LargeType } from '../../ui/large-type.tsx';
import { SecretText } from '../../ui/secret-text.tsx';
import { useNow } from '../../ui/use-now.ts';
import { inSentence, nameField, secretField } from '../field-labels.ts';
import { revealedOf, type Revealed } from '../revealer.ts';
import styles from './field-row.module.css';

export interface FieldRowProps {
  readonly item: ItemDetail;
  readonly field: FieldRef;
  readonly label: string;
  /** What is copied and shown large; not used of a hidden field. */
  readonly value: string;
  readonly isHidden?: boolean;
  /** In several lines, as keys are. */
  readonly isLong?: boolean;
  readonly isMono?: boolean;
  readonly groupSize?: number | undefined;
  /** Shown in place of the value. */
  readonly children?: ReactNode;
  /** Tools before the usual ones. */
  readonly tools?: ReactNode;
  /** For a value that no field names: copies the text in sight. */
  readonly onCopy?: () => void;
  /** The command that copies it, where that is not to be told from the field. */
  readonly copyCommand?: string;
}

export function FieldRow(props: FieldRowProps) {
  return props.isHidden ? <HiddenRow {...props} /> : <PlainRow {...props} />;
}

function PlainRow(props: FieldRowProps) {
  const { label, value, children, tools, isLong = false, isMono = false } = props;
  const [isLarge, setIsLarge] = useState(false);
  const end = (
    <>
      {tools}
      <CopyTool
        {...props}
        onEnlarge={() => {
          setIsLarge(true);
        }}
      />
    </>
  );
  return (
    <CardRow name={label} end={end} isTall={isLong}>
      <span className={classNames(styles.value, isMono && styles.mono)} data-selectable="">
        {children ?? value}
      </span>
      <LargeType
        title={label}
        text={isLarge ? value : null}
        onClose={() => {
          setIsLarge(false);
        }}
      />
    </CardRow>
  );
}

function HiddenRow(props: FieldRowProps) {
  const { item, field, label, groupSize, isLong = false } = props;
  const { actions, revealer, report } = useServices();
  const [isLarge, setIsLarge] = useState(false);
  const shown = revealedOf(useStore(revealer.state), { id: item.id, field, revision: null });
  const end = (
    <>
      {shown && <HidesIn revealed={shown} />}
      <IconButton
        icon={shown ? EyeOff : Eye}
        label={`${shown ? 'Hide' : 'Reveal'} ${inSentence(label)}`}
        keys={secretField(item) === field ? keysOf('reveal-password') : null}
        onPress={() => {
          actions.toggleReveal(item, field);
        }}
      />
      <CopyTool
        {...props}
        onEnlarge={() => {
          setIsLarge(true);
          if (!shown) revealer.reveal(item.id, field).catch(report);
        }}
      />
    </>
  );
  return (
    <CardRow name={label} end={end} isTall={isLong && shown !== null}>
      {shown ? (
        <SecretText text={shown.value} groupSize={groupSize} />
      ) : (
        <span className={styles.cover} role="img" aria-label="Hidden">
          ••••••••••••
        </span>
      )}
      <LargeType
        title={label}
        text={isLarge && shown ? shown.value : null}
        onClose={() => {
          setIsLarge(false);
          revealer.hide();
        }}
      />
    </CardRow>
  );
}

type CopyToolProps = FieldRowProps & { readonly onEnlarge: () => void };

/**
 * The key and, in its place while the pointer or the focus is there, the way to large type: of use now and then, it
 * takes no room from the value.
 */
function CopyTool({ item, field, label, copyCommand, onCopy, onEnlarge }: CopyToolProps) {
  const { actions } = useServices();
  const keys = keysOf(copyCommand ?? copyCommandOf(item, field) ?? '');
  return (
    <>
      <span className={styles.swap}>
        {keys !== undefined && <Keys keys={keys} />}
        <span className={styles.onDemand}>
          <IconButton
            icon={Maximize2}
            label={`Show ${inSentence(label)} in large type`}
            onPress={onEnlarge}
          />
        </span>
      </span>
      <IconButton
        icon={Copy}
        label={`Copy ${inSentence(label)}`}
        keys={keys}
        onPress={() => {
          if (onCopy) onCopy();
          else actions.copy(item, field);
        }}
      />
    </>
  );
}

/** The command whose key is shown beside the field. */
function copyCommandOf(item: ItemDetail, field: FieldRef): string | null {
  if (field === nameField(item)) return 'copy-username';
  if (field === secretField(item)) return 'copy-password';
  return field === 'one-time-code' ? 'copy-code' : null;
}

function HidesIn({ revealed }: { readonly revealed: Revealed }) {
  const { clock } = useServices();
  const now = useNow(clock, 1000);
  const seconds = Math.max(0, Math.ceil((revealed.hidesAt - now) / 1000));
  return <span className={styles.hides}>hides in {seconds} s</span>;
}
