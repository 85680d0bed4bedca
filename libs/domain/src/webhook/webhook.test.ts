import { decideDelivery, decideEndpoint, WEBHOOK_DELAYS, webhookDelay } from './webhook-states.js';
import { WEBHOOK_KINDS, WEBHOOK_TYPES, webhookPayload } from './webhook-types.js';

const AT = new Date('2026-01-02T03:04:05.678Z');

test('a message names ids and states, and nobody’s words', () => {
  const detail = { from: 'in-review', to: 'rejected', reason: 'Ada Lovelace is too young', applicant: 'ada@example.org' };
  const payload = webhookPayload({ kind: 'request-reject', subject: 'r1', model: 'demo', detail }, AT);
  expect(JSON.parse(payload)).toEqual({
    type: 'request.rejected',
    timestamp: '2026-01-02T03:04:05.678Z',
    data: { request: 'r1', model: 'demo', from: 'in-review', to: 'rejected' },
  });
  const granted = webhookPayload({ kind: 'grant-opened', subject: 'g1', model: null, detail: { request: 'r1', state: 'active' } }, AT);
  expect(JSON.parse(granted)).toMatchObject({ data: { grant: 'g1', request: 'r1', state: 'active', model: null } });
});

test('types are many and none is told twice', () => {
  const types = WEBHOOK_KINDS.map((kind) => WEBHOOK_TYPES[kind].type);
  expect(new Set(types).size).toBe(types.length);
  for (const type of types) expect(type).toMatch(/^(request|grant)\.[a-z-]+$/);
});

test('attempts lie further and further apart, and end', () => {
  for (const [index, delay] of WEBHOOK_DELAYS.entries()) {
    expect(webhookDelay(index + 1, 0)).toBeCloseTo(delay * 0.9);
    expect(webhookDelay(index + 1, 0.999)).toBeLessThan(delay * 1.1);
  }
  expect(webhookDelay(WEBHOOK_DELAYS.length + 1, 0)).toBeUndefined();
});

test('commands work from the states of their tables alone', () => {
  expect(decideEndpoint('active', 'pause')).toBe('paused');
  expect(decideEndpoint('paused', 'resume')).toBe('active');
  expect(() => decideEndpoint('ended', 'resume')).toThrow('webhook-state');
  expect(decideDelivery('failed', 'replay')).toBe('pending');
  expect(decideDelivery('pending', 'skip')).toBe('skipped');
  expect(() => decideDelivery('pending', 'replay')).toThrow('webhook-state');
});
