// The first pane: the parts of the vault, its tags, and the rooms.
// SPDX-License-Identifier: MIT

import { Tag, type LucideIcon } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import type { ItemSection } from '../../shared/model/item.ts';
import { formatCount } from '../format.ts';
import { useStore } from '../store.ts';
import { classNames } from '../ui/class-names.ts';
import { goToRoom, goToSection } from './commands.ts';
import styles from './nav-pane.module.css';
import { rooms } from './rooms.ts';
import { sections, type SectionRow } from './sections.ts';
import { useServices } from './services.ts';
import { sectionKey } from './view.ts';

export function NavPane() {
  const tags = useStore(useServices().counts)?.tags ?? [];
  return (
    <nav className={styles.nav} aria-label="Vault">
      <SectionLinks group="top" />
      <NavGroup title="Kinds">
        <SectionLinks group="kinds" />
      </NavGroup>
      {tags.length > 0 && (
        <NavGroup title="Tags">
          {tags.map(({ tag, count }) => (
            <SectionLink
              key={tag}
              icon={Tag}
              title={tag}
              section={{ in: 'tag', tag }}
              count={count}
            />
          ))}
        </NavGroup>
      )}
      <NavGroup title="Vault">
        <RoomLinks />
        <SectionLinks group="vault" />
      </NavGroup>
    </nav>
  );
}

function NavGroup({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <div role="group" aria-labelledby={id}>
      <h2 id={id} className={styles.title}>
        {title}
      </h2>
      {children}
    </div>
  );
}

function SectionLinks({ group }: { readonly group: SectionRow['group'] }) {
  const counts = useStore(useServices().counts);
  return sections
    .filter((row) => row.group === group)
    .map(({ id, title, icon, section, count }) => (
      <SectionLink
        key={id}
        icon={icon}
        title={title}
        section={section}
        count={counts ? count(counts) : null}
      />
    ));
}

interface SectionLinkProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly section: ItemSection;
  readonly count: number | null;
}

function SectionLink({ icon, title, section, count }: SectionLinkProps) {
  const services = useServices();
  const view = useStore(services.view);
  const isHere = view.room === null && sectionKey(view.section) === sectionKey(section);
  return (
    <NavLink
      icon={icon}
      title={title}
      isHere={isHere}
      count={count}
      onChoose={() => {
        goToSection(services, section);
      }}
    />
  );
}

function RoomLinks() {
  const services = useServices();
  const view = useStore(services.view);
  return rooms.map(({ id, title, icon }) => (
    <NavLink
      key={id}
      icon={icon}
      title={title}
      isHere={view.room === id}
      count={null}
      onChoose={() => {
        goToRoom(services, id);
      }}
    />
  ));
}

interface NavLinkProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly isHere: boolean;
  readonly count: number | null;
  readonly onChoose: () => void;
}

function NavLink({ icon: Icon, title, isHere, count, onChoose }: NavLinkProps) {
  return (
    <button
      type="button"
      className={classNames(styles.link, isHere && styles.here)}
      aria-current={isHere ? 'page' : undefined}
      onClick={onChoose}
    >
      <Icon size={16} strokeWidth={1.7} aria-hidden="true" />
      <span>{title}</span>
      {count !== null && <em>{formatCount(count)}</em>}
    </button>
  );
}
