// Starts a page: its fonts and tokens, its theme, its React tree. Each entry file calls it once.
// SPDX-License-Identifier: MIT

import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import './styles/tokens.css';
import './styles/base.css';

import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { followTheme } from './theme.ts';

export function startPage(source: Parameters<typeof followTheme>[0], page: ReactNode): void {
  followTheme(source);
  const container = document.getElementById('root');
  if (!container) throw new Error('the page has no root element');
  createRoot(container).render(page);
}
