// Loaded before the module of a utility process: turns Node's channel to the parent into `process.parentPort`.
// SPDX-License-Identifier: MIT

'use strict';

const { disguise } = require('./disguise.cjs');
disguise('utility', 'utility-electron.cjs');
const { connectParentPort } = require('../api/parent-port.ts');
connectParentPort(process);
