// Entry of the main window's page.
// SPDX-License-Identifier: MIT

import { systemClock } from '../../shared/clock.ts';
import { connect } from '../api.ts';
import { startPage } from '../start-page.tsx';
import { App } from './app.tsx';
import { createMainServices, startMainServices } from './services.ts';

const connection = connect<'main'>();
const services = createMainServices(connection, systemClock);
startMainServices(services);
startPage(connection, <App services={services} />);
