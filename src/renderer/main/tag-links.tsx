// The tags in the navigation, as a tree whose branches fold.
// SPDX-License-Identifier: MIT

import { ChevronDown, ChevronRight, Tag } from 'lucide-react';
import { useState } from 'react';
import { useStore } from '../store.ts';
import { NavLink } from './nav-link.tsx';
import { goToSection } from './commands.ts';
import { useServices } from './services.ts';
import styles from './tag-links.module.css';
import { toTagTree, type TagNode } from './tag-tree.ts';

export function TagLinks() {
  const tags = useStore(useServices().counts)?.tags ?? [];
  return <Branch nodes={toTagTree(tags)} depth={0} />;
}

interface BranchProps {
  readonly nodes: readonly TagNode[];
  readonly depth: number;
}

function Branch({ nodes, depth }: BranchProps) {
  return (
    <ul>
      {nodes.map((node) => (
        <TagLink key={node.tag} node={node} depth={depth} />
      ))}
    </ul>
  );
}

function TagLink({ node, depth }: { readonly node: TagNode; readonly depth: number }) {
  const services = useServices();
  const { room, section } = useStore(services.view);
  const [isOpen, setIsOpen] = useState(true);
  const { tag, name, count, children } = node;
  const Fold = isOpen ? ChevronDown : ChevronRight;
  // The name says what a press does; a state beside it would say the opposite.
  const foldName = `${isOpen ? 'Hide' : 'Show'} the tags below ${tag}`;
  return (
    <li>
      <div className={styles.line} style={{ paddingLeft: depth * 14 }}>
        <NavLink
          icon={Tag}
          title={name}
          label={depth === 0 ? null : tag}
          isHere={room === null && section.in === 'tag' && section.tag === tag}
          count={count}
          onChoose={() => {
            goToSection(services, { in: 'tag', tag });
          }}
        />
        {children.length > 0 && (
          <button
            type="button"
            className={styles.fold}
            aria-label={foldName}
            title={foldName}
            onClick={() => {
              setIsOpen(!isOpen);
            }}
          >
            <Fold size={13} aria-hidden="true" />
          </button>
        )}
      </div>
      {isOpen && children.length > 0 && <Branch nodes={children} depth={depth + 1} />}
    </li>
  );
}
