// Entry of the unlock window's page. Main destroys this window, and all that was typed into it, once the vault is open.
// SPDX-License-Identifier: MIT

import { connect } from '../api.ts';
import { startPage } from '../start-page.tsx';
import { UnlockWindow } from './unlock-window.tsx';

const connection = connect<'unlock'>();
startPage(connection, <UnlockWindow api={connection.api} />);
