import type { BulkDecided } from '@paddock/contracts';
import { useSyncExternalStore } from 'react';
import { call, Refused } from '../../../api/client.js';
import { queries } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { HeldCommands, type Decision, type Held } from './held-commands.js';
import { outcomes } from './outcomes.js';
import { forgetReason } from './reasons.js';

/** The one store of the window: it outlives the page on which a decision was made. */
export const holding = new HeldCommands(send, {
  now: () => Date.now(),
  after: (ms, then) => {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
});

export const useHeld = () => useSyncExternalStore(holding.subscribe, holding.all);

let leaving = false;

function send({ decision, about }: Held): void {
  // What closes with the window is carried on by the browser; its answer is for nobody any more.
  if (leaving) {
    const body = JSON.stringify(decision);
    void fetch('/api/v1/decisions', { method: 'POST', headers: { 'content-type': 'application/json' }, body, keepalive: true });
    return;
  }
  void decide(decision, about);
}

async function decide(decision: Decision, about: string): Promise<void> {
  try {
    const { items } = await call<Wire<typeof BulkDecided>>('POST', '/decisions', { body: decision });
    for (const item of items) {
      if (item.result === 'done') forgetReason(item.id);
      else outcomes.add({ about, request: item.id, problem: item.problem });
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    outcomes.add({ about, request: decision.requests[0]!.id, problem: error.problem });
  }
  await queries.invalidateQueries({ predicate: ({ queryKey: [path] }) => String(path).startsWith('/access-requests') });
}

addEventListener('pagehide', () => {
  leaving = true;
  holding.sendAll();
});
addEventListener('pageshow', () => (leaving = false));
addEventListener('beforeunload', (event) => {
  if (holding.all().length > 0) event.preventDefault();
});
