import { utf8ToBytes } from '@noble/hashes/utils.js';
import {
  canonicalJson,
  checkpointText,
  cosigner,
  entryBytes,
  evidenceText,
  formatSignature,
  formatTlogProof,
  formatVerifierKey,
  GrowingLog,
  inclusionProof,
  noteSigner,
  sha256Hex,
  signCheckpoint,
  tilePath,
  tileReader,
  toBase64,
  verifyEvidence,
  type EvidenceFile,
} from '@paddock/ledger';

const log = noteSigner('example.org/ledger', new Uint8Array(32).fill(1));
const witness = cosigner('witness.example/w', new Uint8Array(32).fill(2), () => 1_700_000_000n);
const SALT = new Uint8Array(16).fill(7);
const TEXT = utf8ToBytes('You may use it.');
const agreement = canonicalJson({ licenseVersion: { sha256: sha256Hex(TEXT) }, policies: [] });
const fact = {
  id: 'acceptance-1',
  presentation: 'p',
  agreement: sha256Hex(agreement),
  screen: {
    label: 'l',
    button: 'b',
    attestations: [{ id: 'read', text: 'I have read it.' }],
    documents: [{ title: 'License', sha256: sha256Hex(TEXT) }],
  },
  personal: { typedName: 'Ada Lovelace', address: '192.0.2.1', userAgent: 'x', at: '2026-01-01T00:00:00.000Z' },
  attestations: { read: true },
  signer: 's',
  licensee: 'k',
  joins: null,
};

async function makeFile(change: Partial<EvidenceFile> = {}): Promise<EvidenceFile> {
  const entry = entryBytes('acceptance', new Date(0), SALT, fact);
  const entries = Array.from({ length: 300 }, (_, n) => (n === 77 ? entry : utf8ToBytes(`entry ${n}`)));
  const { log: grown, written } = GrowingLog.EMPTY.append(entries);
  const tiles = new Map(written.map(({ tile, bytes }) => [tilePath(tile), bytes]));
  const checkpoint = { origin: 'example.org/ledger', size: grown.size, root: grown.root() };
  const note = signCheckpoint(checkpoint, [log]) + formatSignature(witness.sign(checkpointText(checkpoint)));
  const proof = await inclusionProof(
    77n,
    grown.size,
    tileReader(grown.size, async (tile) => tiles.get(tilePath(tile))!),
  );
  const file: EvidenceFile = {
    type: 'paddock-evidence-v1',
    acceptance: 'acceptance-1',
    entry: toBase64(entry),
    opening: { salt: toBase64(SALT), fact },
    agreement,
    documents: [{ sha256: sha256Hex(TEXT), mediaType: 'text/plain', bytes: toBase64(TEXT) }],
    proof: formatTlogProof({ index: 77n, proof, checkpoint: note }),
    keys: { log: [formatVerifierKey(log.key)], witnesses: [formatVerifierKey(witness.key)] },
    timestamps: [],
    signatures: '',
    ...change,
  };
  return { ...file, signatures: formatSignature(log.sign(evidenceText(file))) };
}

const bytesOf = (file: EvidenceFile) => utf8ToBytes(canonicalJson(file));
const states = (bytes: Uint8Array, trustedKeys?: string[]) =>
  verifyEvidence(bytes, trustedKeys && { trustedKeys }).map(({ name, state }) => `${name} ${state}`);
const TRUSTED = [log.key, witness.key].map(formatVerifierKey);
const WHOLE = ['form', 'keys', 'seal', 'checkpoint', 'inclusion', 'witnesses', 'identity', 'agreement', 'documents'];

describe('evidence of an acceptance', () => {
  test('holds by keys that are trusted, each check with its sentence', async () => {
    const checks = verifyEvidence(bytesOf(await makeFile()), { trustedKeys: TRUSTED });
    expect(checks.map(({ name, state }) => `${name} ${state}`)).toEqual(WHOLE.map((name) => `${name} ok`));
    expect(checks.map(({ sentence }) => sentence).join('\n')).toContain(
      'It was accepted as "Ada Lovelace" at 2026-01-01T00:00:00.000Z, confirming “I have read it.”.',
    );
  });

  test('by the file’s own keys that much stays open, and by other keys nothing holds', async () => {
    const bytes = bytesOf(await makeFile());
    expect(states(bytes)[1]).toBe('keys unknown');
    expect(states(bytes).filter((line) => line.endsWith('failed'))).toEqual([]);
    expect(states(bytes, [formatVerifierKey(noteSigner('example.org/ledger', new Uint8Array(32).fill(9)).key)])).toContain(
      'checkpoint failed',
    );
  });

  test('after the erasure the entry is proved, and who it was is open', async () => {
    const lines = states(bytesOf(await makeFile({ opening: null })), TRUSTED);
    expect(lines).toEqual(WHOLE.map((name) => `${name} ${['identity', 'agreement'].includes(name) ? 'unknown' : 'ok'}`));
  });

  test('says when it was, as far as the log includes the entry', async () => {
    const erased = await makeFile({ opening: null, erasedAt: '2031-05-06T07:08:09.000Z' });
    const identity = (file: EvidenceFile) =>
      verifyEvidence(bytesOf(file), { trustedKeys: TRUSTED }).find(({ name }) => name === 'identity');
    expect(identity(erased)).toMatchObject({
      state: 'unknown',
      sentence: expect.stringMatching(/^Included in the log; identity erased on 2031-05-06: /),
    });
    const other = await makeFile({ ...erased, entry: toBase64(entryBytes('acceptance', new Date(1), SALT, fact)) });
    expect(identity(other)!.sentence).toMatch(/^Identity erased on 2031-05-06: /);
  });

  test.each<[string, Partial<EvidenceFile>, string]>([
    [
      'another person',
      { opening: { salt: toBase64(SALT), fact: { ...fact, personal: { ...fact.personal, typedName: 'Eve' } } } },
      'identity',
    ],
    ['another salt', { opening: { salt: toBase64(new Uint8Array(16)), fact } }, 'identity'],
    ['a short salt', { opening: { salt: '', fact } }, 'identity'],
    ['another acceptance', { acceptance: 'acceptance-2' }, 'identity'],
    ['another agreement', { agreement: agreement.replace('[]', '[1]') }, 'agreement'],
    [
      'another document',
      { documents: [{ sha256: sha256Hex(TEXT), mediaType: 'text/plain', bytes: toBase64(utf8ToBytes('You may not.')) }] },
      'documents',
    ],
    ['no document', { documents: [] }, 'documents'],
    ['another entry', { entry: toBase64(entryBytes('acceptance', new Date(1), SALT, fact)) }, 'inclusion'],
    ['an entry that is none', { entry: toBase64(utf8ToBytes('null')) }, 'checkpoint'],
    ['a proof that is none', { proof: 'c2sp.org/tlog-proof@v1\n' }, 'checkpoint'],
  ])('%s is found, even where the log itself signed the file', async (_, change, name) => {
    expect(states(bytesOf(await makeFile(change)), TRUSTED)).toContain(`${name} failed`);
  });

  test('every flipped bit of a thousand is found', async () => {
    const bytes = bytesOf(await makeFile());
    const step = Math.floor((bytes.length * 8) / 1000);
    for (let n = 0; n < 1000; n += 1) {
      const bit = n * step;
      const changed = bytes.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      expect(states(changed, TRUSTED).some((line) => line.endsWith('failed'))).toBe(true);
    }
  });

  test.each(['', '{}', '[]', 'null', '{"type":"paddock-evidence-v1"}', '"'.repeat(100), '{'.repeat(100_000)])(
    'input %# is none',
    (text) => {
      expect(states(utf8ToBytes(text))).toEqual(['form failed']);
    },
  );

  test('a file that was written anew is said to be, though it says the same', async () => {
    expect(states(utf8ToBytes(JSON.stringify(await makeFile(), null, 1)))).toEqual(['form failed']);
  });
});
