// A process with nothing to do: how late its loop is at most, the machine did to it.
// SPDX-License-Identifier: MIT

import { monitorEventLoopDelay } from 'node:perf_hooks';

const loop = monitorEventLoopDelay({ resolution: 1 });
process.once('message', () => {
  loop.disable();
  process.send?.(loop.max / 1e6);
  process.disconnect();
});
loop.enable();
process.send?.(0);
