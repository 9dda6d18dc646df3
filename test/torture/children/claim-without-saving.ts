// What run-until-killed.ts would be if the product lied: new items are acknowledged and never saved. The kills must
// find it out.
// SPDX-License-Identifier: MIT

import { runOrder, say } from '../obey-orders.ts';

await runOrder((change, action) => {
  say(JSON.stringify(change));
  say('ack');
  const isNew = change.kind === 'items' && Object.keys(change.was).length === 0;
  return isNew ? (undefined as never) : (action() as never);
});
