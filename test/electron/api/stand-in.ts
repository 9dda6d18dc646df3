// The one running stand-in of this process: how it was started, its browser, and a place for what tests look at.
// SPDX-License-Identifier: MIT

import { appendFileSync } from 'node:fs';
import { serveDevTools } from '../devtools/endpoint.ts';
import { Browser } from './browser.ts';
import { parseLaunch, type LaunchOptions } from './launch-options.ts';
import { connectSessions } from './session.ts';
import { IPC_ORIGIN } from './urls.ts';

export interface StandIn {
  readonly options: LaunchOptions;
  readonly browser: Browser;
}

let running: StandIn | null = null;

/** The stand-in, which the bootstrap has started before any module of the application runs. */
export function standIn(): StandIn {
  if (running === null) throw new Error('the stand-in has not been started');
  return running;
}

/**
 * Starts Chromium at once, so that it comes up while the application loads. `onBrowserExit` is called when it ends
 * without having been asked to.
 */
export function startStandIn(onBrowserExit: (reason: string) => void): StandIn {
  const options = parseLaunch(process.argv, process.env);
  const record = trafficRecorder(options);
  const browser = new Browser({
    headless: options.isHeadless,
    environment: process.env,
    onExit: onBrowserExit,
    ...(record === null
      ? {}
      : {
          tap: (_direction, bytes) => {
            record(bytes);
          },
        }),
  });
  connectSessions(() => browser);
  if (options.isUnderTest) {
    void serveDevTools(browser.connected, {
      hiddenUrlPrefix: IPC_ORIGIN,
      ...(record === null
        ? {}
        : {
            onTraffic: (text) => {
              record(Buffer.from(text));
            },
          }),
    }).then((address) => process.stderr.write(`DevTools listening on ${address}\n`));
  }
  running = { options, browser };
  return running;
}

/** In test mode only: everything said to and by Chromium, for a test that looks for what must not be in it. */
function trafficRecorder(options: LaunchOptions): ((bytes: Uint8Array) => void) | null {
  const file = process.env.STAND_IN_TRAFFIC_FILE;
  if (!options.isUnderTest || file === undefined) return null;
  return (bytes) => {
    appendFileSync(file, bytes);
  };
}
