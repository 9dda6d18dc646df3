// net: nothing of the application reaches the network from here. A test puts its own `net.fetch` in place.
// SPDX-License-Identifier: MIT

import { strictObject } from '../page/strict-object.ts';
import { notImplemented } from './not-implemented.ts';
import { standIn } from './stand-in.ts';

export const net = strictObject('net', {
  fetch(input: string | Request, _init?: RequestInit): Promise<Response> {
    const { url } = typeof input === 'string' ? { url: input } : input;
    return Promise.reject(
      standIn().options.isUnderTest
        ? new Error(`net.fetch: the test has not said what ${url} answers`)
        : notImplemented('net.fetch'),
    );
  },
});
