// The first pane: the parts of the vault and its tags, which scroll, and the rooms, which stand below them.
// SPDX-License-Identifier: MIT

import type { LucideIcon } from 'lucide-react';
import type { ItemSection, SavedSearch } from '../../shared/model/item.ts';
import { SearchLinks } from '../searches/search-links.tsx';
import { useStore } from '../store.ts';
import { goToRoom, goToSection } from './commands.ts';
import { NavGroup } from './nav-group.tsx';
import { NavLink } from './nav-link.tsx';
import styles from './nav-pane.module.css';
import { rooms } from './rooms.ts';
import { sections, type SectionRow } from './sections.ts';
import { useServices } from './services.ts';
import { TagLinks } from './tag-links.tsx';
import { sectionKey } from './view.ts';

export function NavPane() {
  const services = useServices();
  const counts = useStore(services.counts);
  const searches = useStore(services.searches.list);
  const tags = counts?.tags ?? [];
  const hasKinds = counts !== null && Object.values(counts.kinds).some((count) => count > 0);
  return (
    <nav className={styles.nav} aria-label="Vault">
      <div className={styles.items}>
        <SectionLinks group="top" />
        {hasKinds && (
          <NavGroup group="kinds" title="Kinds">
            <SectionLinks group="kinds" />
          </NavGroup>
        )}
        {tags.length > 0 && (
          <NavGroup group="tags" title="Tags" isWordy>
            <TagLinks />
          </NavGroup>
        )}
        {searches.length > 0 && (
          <NavGroup group="searches" title="Searches" isWordy>
            <SearchLinks />
          </NavGroup>
        )}
      </div>
      <div className={styles.rooms}>
        <NavGroup group="vault" title="Vault">
          <div className={styles.roomList}>
            <RoomLinks />
          </div>
        </NavGroup>
      </div>
    </nav>
  );
}

function SectionLinks({ group }: { readonly group: SectionRow['group'] }) {
  const counts = useStore(useServices().counts);
  return sections
    .filter((row) => row.group === group)
    .filter(({ isHiddenWhenEmpty, count }) => !isHiddenWhenEmpty || (counts && count(counts) > 0))
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
  const searches = useStore(services.searches.list);
  const isInSearch = section.in === 'all' && isOneOf(searches, view.text);
  const isHere =
    view.room === null && sectionKey(view.section) === sectionKey(section) && !isInSearch;
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

/** Whether the list shows what has a place of its own among the searches. */
function isOneOf(searches: readonly SavedSearch[], text: string): boolean {
  return searches.some((search) => search.text === text.trim());
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
