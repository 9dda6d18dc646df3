// Deny and Approve. Plain buttons, because every event on them is judged here: Deny ignores keys that were held over
// or come before arming; Approve takes a pointer that went down on it after arming, or a key held on it, no click.
// SPDX-License-Identifier: MIT

import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useStore } from '../store.ts';
import { classNames } from '../ui/class-names.ts';
import { Spinner } from '../ui/spinner.tsx';
import styles from './answer-bar.module.css';
import type { ApprovalArming } from './approval-arming.ts';

export interface AnswerBarProps {
  readonly arming: ApprovalArming;
  /** Null: nothing to approve, only to close. */
  readonly approveLabel: string | null;
  /** Whether everything that an approval needs has been given. */
  readonly isReady: boolean;
  /** Whether a key on the button approves when it is held: where no password is asked. */
  readonly needsHold: boolean;
  readonly isBusy: boolean;
  /** False where the person is typing a password again. */
  readonly focusesDeny: boolean;
  readonly onApprove: () => void;
  readonly onDeny: () => void;
}

export function AnswerBar(props: AnswerBarProps) {
  return (
    <>
      <div className={styles.bar}>
        <DenyButton {...props} />
        {props.approveLabel !== null && <ApproveButton {...props} label={props.approveLabel} />}
      </div>
      {props.approveLabel !== null && props.needsHold && (
        <p className={styles.hint}>With the keyboard: hold Space on the button for a second.</p>
      )}
    </>
  );
}

function isPressKey({ key }: KeyboardEvent): boolean {
  return key === 'Enter' || key === ' ';
}

function DenyButton({ arming, approveLabel, isBusy, focusesDeny, onDeny }: AnswerBarProps) {
  const { isArmed } = useStore(arming.state);
  const button = useRef<HTMLButtonElement>(null);
  // A notice says that it was seen, so it stays until it can have been. Escape denies at any time.
  const mustStay = approveLabel === null && !isArmed;
  useEffect(() => {
    if (focusesDeny) button.current?.focus();
  }, [focusesDeny]);
  return (
    <button
      ref={button}
      type="button"
      className={styles.deny}
      aria-disabled={isBusy || mustStay}
      onKeyDown={(event) => {
        if (isPressKey(event) && (event.repeat || !arming.isArmed)) event.preventDefault();
      }}
      onKeyUp={(event) => {
        // A Space that went down before arming would press the button as it comes up.
        if (event.key === ' ' && !arming.isArmed) event.preventDefault();
      }}
      onClick={() => {
        if (!mustStay) onDeny();
      }}
    >
      {approveLabel === null ? 'Close' : 'Deny'}
    </button>
  );
}

interface ApproveButtonProps extends AnswerBarProps {
  readonly label: string;
}

function ApproveButton({
  arming,
  label,
  isReady,
  needsHold,
  isBusy,
  onApprove,
}: ApproveButtonProps) {
  const { isArmed, round } = useStore(arming.state);
  const isOpen = isArmed && isReady && !isBusy;
  return (
    <button
      type="button"
      className={classNames(styles.approve, !isOpen && styles.closed)}
      aria-disabled={!isOpen}
      onPointerDown={(event) => {
        if (event.isPrimary && event.button === 0) arming.pressBegins();
      }}
      onPointerUp={(event) => {
        if (!isOpen || !isInside(event.nativeEvent, event.currentTarget)) return;
        if (arming.pressEnds()) onApprove();
      }}
      onKeyDown={(event) => {
        if (!isPressKey(event)) return;
        event.preventDefault();
        if (needsHold) arming.holdBegins(event.repeat);
      }}
      onKeyUp={(event) => {
        if (!isPressKey(event)) return;
        event.preventDefault();
        if (isOpen && needsHold && arming.holdEnds()) onApprove();
      }}
    >
      {!isArmed && <i key={round} className={styles.progress} aria-hidden="true" />}
      <span className={styles.label}>
        {isBusy && <Spinner />}
        <bdi>{label}</bdi>
      </span>
    </button>
  );
}

/** Whether the pointer came up where it went down: dragging off the button takes the press back. */
function isInside(event: PointerEvent, element: Element): boolean {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const { clientX, clientY } = event;
  return clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
}
