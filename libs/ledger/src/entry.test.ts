import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalHash, canonicalJson, entryBytes, hashLeaf, saltedHash, sha256Hex } from '@paddock/ledger';

describe('canonical JSON (RFC 8785)', () => {
  test('orders keys and prints numbers as the RFC does', () => {
    expect(canonicalJson({ b: 1, a: [333333333.33333329, 1e30, 4.5, 2e-3] })).toBe('{"a":[333333333.3333333,1e+30,4.5,0.002],"b":1}');
  });

  test('hashes are equal for equal values whatever the order of their keys', () => {
    expect(canonicalHash({ x: 1, y: { z: [1, 2] } })).toBe(canonicalHash({ y: { z: [1, 2] }, x: 1 }));
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});

describe('ledger entries', () => {
  const salt = new Uint8Array(16).fill(7);
  const fact = { signer: 'Ada Lovelace', acceptance: '01' };

  test('the empty leaf has the hash of RFC 6962', () => {
    expect(bytesToHex(hashLeaf(new Uint8Array()))).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
  });

  test('the bytes name the fact only by its salted hash', () => {
    const bytes = entryBytes('acceptance', new Date(0), salt, fact);
    expect(bytes).toEqual(
      utf8ToBytes(`{"at":"1970-01-01T00:00:00.000Z","fact":"${saltedHash(salt, fact)}","kind":"acceptance","type":"paddock-entry-v1"}`),
    );
    expect(new TextDecoder().decode(bytes)).not.toContain('Ada');
  });

  test('another salt gives another hash, and a short salt is refused', () => {
    expect(saltedHash(salt, fact)).not.toBe(saltedHash(new Uint8Array(16), fact));
    expect(() => saltedHash(new Uint8Array(8), fact)).toThrow(RangeError);
  });
});
