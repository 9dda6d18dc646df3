// The one form for items of every kind: title, own fields from the table of kinds, what a kind has besides, websites,
// fields of the person's own, note, tags.
// SPDX-License-Identifier: MIT

import { FIELD_LIMITS } from '../../../shared/model/field-limits.ts';
import type { ItemKind } from '../../../shared/model/item-kinds.ts';
import type { ItemDetail } from '../../../shared/model/item.ts';
import { LoginChoice } from '../../passkeys/login-choice.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { EditFrame } from '../edit-frame.tsx';
import { KIND_FACES } from '../kind-faces.ts';
import { shownTitle } from '../shown-title.ts';
import { CodeEditor } from './code-editor.tsx';
import type { FormDraft } from './form-draft.ts';
import { OwnFieldEditors, type OwnFieldEditorsProps } from './own-field-editors.tsx';
import { SectionEditors } from './section-editors.tsx';
import { SshKeyEditor } from './ssh-key-editor.tsx';
import { sshReason } from './ssh-sentences.ts';
import { TagsField } from './tags-field.tsx';
import { titleHint } from './title-hint.ts';
import { UrlEditors } from './url-editors.tsx';
import { useCodeReading, type CodeReading } from './use-code-reading.ts';
import { useItemDraft } from './use-item-draft.ts';

const KINDS_WITH_URLS: readonly ItemKind[] = ['login', 'one-time-code', 'licence'];
const KINDS_WITH_CODES: readonly ItemKind[] = ['login', 'one-time-code'];

export interface ItemFormProps {
  readonly kind: ItemKind;
  /** Null for one that is being made. */
  readonly item: ItemDetail | null;
}

export function ItemForm({ kind, item }: ItemFormProps) {
  const { draft, change, save, cancel } = useItemDraft(kind, item);
  const codeText = draft.oneTimeCode.action === 'set' ? draft.oneTimeCode.text : '';
  const reading = useCodeReading(codeText);
  return (
    <EditFrame
      title={item ? `Edit ${shownTitle(item)}` : `New ${KIND_FACES[kind].asNew}`}
      missing={missingPart(draft, reading, item)}
      onSave={() => save(titleHint(draft, reading))}
      onCancel={cancel}
      explain={sshReason}
    >
      <TextField
        label="Title"
        value={draft.title}
        maxLength={FIELD_LIMITS.title}
        autoFocus
        placeholder={titleHint(draft, reading)}
        description={
          kind === 'passkey' ? 'The site and the account of a passkey cannot be changed.' : null
        }
        onChange={(title) => {
          change({ title });
        }}
      />
      <KindEditors item={item} draft={draft} change={change} reading={reading} />
      <CommonEditors draft={draft} change={change} />
    </EditFrame>
  );
}

/** What has to be filled in before it can be saved, in a sentence; null where nothing is missing. */
function missingPart(
  draft: FormDraft,
  reading: CodeReading,
  item: ItemDetail | null,
): string | null {
  const { kind, title, sshKey, oneTimeCode } = draft;
  const hasTitle = title.trim() !== '' || titleHint(draft, reading) !== '';
  const hasKey = sshKey.action !== 'import' || sshKey.text.trim() !== '';
  const keepsCode = oneTimeCode.action === 'keep' && (item?.oneTimeCode ?? null) !== null;
  const canLackCode = kind !== 'one-time-code' || keepsCode;
  const hasCode = reading.is === 'code' || (reading.is === 'empty' && canLackCode);
  if (!hasCode) return 'The code is still missing.';
  if (!hasKey) return 'The key is still missing.';
  return hasTitle ? null : 'It still needs a title.';
}

type PartProps = OwnFieldEditorsProps & {
  readonly item: ItemDetail | null;
  readonly reading: CodeReading;
};

/** What belongs to the kind. */
function KindEditors({ item, draft, change, reading }: PartProps) {
  const { kind } = draft;
  const hasCode = KINDS_WITH_CODES.includes(kind) || (item?.oneTimeCode ?? null) !== null;
  const hasUrls = KINDS_WITH_URLS.includes(kind) || draft.urls.length > 0;
  return (
    <>
      {item?.passkey && (
        <LoginChoice
          passkey={item.passkey}
          loginId={draft.loginId}
          onChange={(loginId) => {
            change({ loginId });
          }}
        />
      )}
      {kind === 'ssh-key' && (
        <SshKeyEditor
          form={draft.sshKey}
          hasStored={item !== null}
          onChange={(sshKey) => {
            change({ sshKey });
          }}
        />
      )}
      <OwnFieldEditors draft={draft} change={change} />
      {hasCode && (
        <CodeEditor
          stored={item?.oneTimeCode ?? null}
          draft={draft.oneTimeCode}
          reading={reading}
          onChange={(oneTimeCode) => {
            change({ oneTimeCode });
          }}
        />
      )}
      {hasUrls && (
        <UrlEditors
          urls={draft.urls}
          onChange={(urls) => {
            change({ urls });
          }}
        />
      )}
    </>
  );
}

/** What every kind has. A note is what a note is about: it stands first there. */
function CommonEditors({ draft, change }: OwnFieldEditorsProps) {
  const isNote = draft.kind === 'note';
  const sections = (
    <SectionEditors
      sections={draft.sections}
      onChange={(toSections) => {
        change((before) => ({ sections: toSections(before.sections) }));
      }}
    />
  );
  return (
    <>
      {!isNote && sections}
      <TextField
        label="Note"
        value={draft.note}
        maxLength={FIELD_LIMITS.note}
        isMultiline
        rows={isNote ? 14 : 4}
        onChange={(note) => {
          change({ note });
        }}
      />
      {isNote && sections}
      <TagsField
        tags={draft.tags}
        onChange={(tags) => {
          change({ tags });
        }}
      />
    </>
  );
}
