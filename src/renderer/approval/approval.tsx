// Entry of the approval window's page.
// SPDX-License-Identifier: MIT

import { systemClock } from '../../shared/clock.ts';
import { connect } from '../api.ts';
import { startPage } from '../start-page.tsx';
import { ApprovalWindow } from './approval-window.tsx';

const connection = connect<'approval'>();
startPage(connection, <ApprovalWindow connection={connection} clock={systemClock} />);
