// Loaded before the module of a utility process: turns Node's channel to the parent into `process.parentPort`. Node loads
// it before the module of each thread of that process too, which has a port of its own and not this one.
// SPDX-License-Identifier: MIT

'use strict';

const { isMainThread } = require('node:worker_threads');
const { disguise } = require('./disguise.cjs');
disguise('utility', 'utility-electron.cjs');
const { connectParentPort } = require('../api/parent-port.ts');
if (isMainThread) connectParentPort(process);
