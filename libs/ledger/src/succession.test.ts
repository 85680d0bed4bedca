import { utf8ToBytes } from '@noble/hashes/utils.js';
import {
  canonicalJson,
  EMPTY_ROOT,
  entryBytes,
  noteSigner,
  signCheckpoint,
  successionBytes,
  successionOf,
  successionSentence,
  type Succession,
} from '@paddock/ledger';

const old = noteSigner('example.org/ledger', new Uint8Array(32).fill(1));
const checkpoint = (size: bigint) => signCheckpoint({ origin: old.key.name, size, root: EMPTY_ROOT }, [old]);
const succession = (kept: string, size = 300n): Succession => ({
  type: 'paddock-succession-v1',
  at: '2026-01-01T00:00:00.000Z',
  origin: 'example.org/ledger-2',
  reason: 'entries-lost',
  predecessor: { origin: old.key.name, kept, checkpoint: checkpoint(size) },
});

test('is read as it was written, and tells the gap', () => {
  const read = successionOf(successionBytes(succession('280')));
  expect(read).toEqual(succession('280'));
  expect(successionSentence(read!)).toContain('example.org/ledger-2 goes on in place of example.org/ledger since 2026-01-01T00:00:00.000Z');
  expect(successionSentence(read!)).toContain('its entries 280 to 299 are not in this log');
  expect(successionSentence(succession('300'))).toContain('none of its entries is missing');
});

test('is no other entry, and nothing that does not fit together', () => {
  const change = (changes: object) => utf8ToBytes(canonicalJson({ ...succession('280'), ...changes }));
  const { predecessor } = succession('280');
  const others: [string, Uint8Array][] = [
    ['an entry', entryBytes('acceptance', new Date(0), new Uint8Array(16), {})],
    ['long text', utf8ToBytes('x'.repeat(1000))],
    ['not UTF-8', new Uint8Array(1000).fill(0xff)],
    ['JSON of nothing', utf8ToBytes(JSON.stringify([null]).padEnd(300))],
    ['another type', change({ type: 'paddock-entry-v1' })],
    ['an unknown reason', change({ reason: 'because' })],
    ['a field more', change({ more: 1 })],
    ['no size', change({ predecessor: { ...predecessor, kept: '-1' } })],
    ['no checkpoint', change({ predecessor: { ...predecessor, checkpoint: 'none' } })],
    ['a checkpoint of another log', change({ predecessor: { ...predecessor, origin: 'other.org/ledger' } })],
  ];
  expect(others.filter(([, bytes]) => successionOf(bytes) !== undefined)).toEqual([]);
});
