import { Refusal } from '../refusal.js';

export const ENDPOINT_STATES = ['active', 'paused', 'ended'] as const;
export type EndpointState = (typeof ENDPOINT_STATES)[number];

export const ENDPOINT_COMMANDS = {
  pause: { from: ['active'], to: 'paused', meaning: 'Events are still written down, and wait.' },
  resume: { from: ['paused'], to: 'active', meaning: 'What waited is sent, in its order.' },
} as const satisfies Readonly<Record<string, { from: readonly EndpointState[]; to: EndpointState; meaning: string }>>;
export type EndpointCommand = keyof typeof ENDPOINT_COMMANDS;

export const DELIVERY_STATES = ['pending', 'delivered', 'failed', 'skipped'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export const DELIVERY_COMMANDS = {
  replay: { from: ['delivered', 'failed', 'skipped'], to: 'pending', meaning: 'It is sent again, with the same id.' },
  skip: { from: ['pending', 'failed'], to: 'skipped', meaning: 'It is not sent, and what waited behind it goes on.' },
} as const satisfies Readonly<Record<string, { from: readonly DeliveryState[]; to: DeliveryState; meaning: string }>>;
export type DeliveryCommand = keyof typeof DELIVERY_COMMANDS;

interface Rule<State> {
  from: readonly State[];
  to: State;
}

/** The state that follows. */
export function decideEndpoint(state: EndpointState, command: EndpointCommand): EndpointState {
  return decided<EndpointState>(ENDPOINT_COMMANDS[command], state, command);
}

export function decideDelivery(state: DeliveryState, command: DeliveryCommand): DeliveryState {
  return decided<DeliveryState>(DELIVERY_COMMANDS[command], state, command);
}

function decided<State extends string>({ from, to }: Rule<State>, state: State, command: string): State {
  if (!from.includes(state))
    throw new Refusal('webhook-state', `\`${command}\` works from ${from.join(', ')}; this one is ${state}.`, { state });
  return to;
}

/** Seconds after each attempt until the next, as the Standard Webhooks specification suggests: some three days in all. */
export const WEBHOOK_DELAYS = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400] as const;

/** Seconds until the attempt after the n-th, or undefined when it was the last. `spread` in [0, 1) keeps attempts apart. */
export function webhookDelay(attempts: number, spread: number): number | undefined {
  const delay = WEBHOOK_DELAYS[attempts - 1];
  return delay === undefined ? undefined : delay * (0.9 + spread / 5);
}
