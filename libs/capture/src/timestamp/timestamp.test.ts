import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWithPeer } from '../../../../test/support/peers.js';
import { startTimestampAuthority, type TimestampAuthority } from '../../../../test/support/timestamp-authority.js';
import { timestampQuery } from './query.js';
import { readTimestampResponse } from './response.js';
import { TimestampFailure, type TimestampFault } from './timestamp-failure.js';
import { parsedToken } from './token.js';
import { verifyTimestamp } from './verify.js';

const sha256 = createHash('sha256').update('a snapshot').digest();
const other = createHash('sha256').update('another').digest();
const nonce = Buffer.from('f0112233445566778899aabbccddeeff', 'hex');

describeWithPeer('openssl ts', ['openssl'], 'apt-get install openssl', () => {
  let authority: TimestampAuthority;
  let response: Buffer;
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: authority.folder, stdio: 'pipe' });
  const kept = (name: string, bytes: Buffer) => {
    writeFileSync(join(authority.folder, name), bytes);
    return name;
  };

  async function ask(query: Buffer, { url } = authority): Promise<Buffer> {
    const answer = await fetch(url, {
      method: 'POST',
      body: new Uint8Array(query),
      headers: { 'content-type': 'application/timestamp-query' },
    });
    expect(answer.status).toBe(200);
    return Buffer.from(await answer.arrayBuffer());
  }

  function fault(attempt: () => unknown): TimestampFault | undefined {
    try {
      attempt();
    } catch (error) {
      if (error instanceof TimestampFailure) return error.fault;
      throw error;
    }
    return undefined;
  }

  beforeAll(async () => {
    authority = await startTimestampAuthority();
    response = await ask(timestampQuery(sha256, nonce));
  });
  afterAll(() => authority.stop());

  test('reads the query as it was meant', () => {
    const printed = openssl('ts', '-query', '-in', kept('q.tsq', timestampQuery(sha256, nonce)), '-text').toString();
    expect(printed).toMatch(/Hash Algorithm: sha256/);
    expect(printed).toMatch(/Nonce: 0xF0112233445566778899AABBCCDDEEFF/);
    expect(printed).toMatch(/Certificate required: yes/);
  });

  test('stamps a digest, and the token is kept and verified again', () => {
    const { token, ...told } = readTimestampResponse(response, { sha256, nonce }, [authority.root]);
    expect(told).toEqual({ at: expect.any(Date), serial: '2', policy: '1.3.6.1.4.1.32473.1', authority: 'O=Test, CN=Time Stamper' });
    expect(Math.abs(told.at.getTime() - Date.now())).toBeLessThan(120_000);
    expect(verifyTimestamp(token, sha256, [authority.root])).toEqual({ at: told.at, authority: told.authority });
    expect(verifyTimestamp(token, sha256, [authority.signer])).toEqual({ at: told.at, authority: told.authority });
    const verified = openssl(
      'ts',
      '-verify',
      '-digest',
      sha256.toString('hex'),
      '-in',
      kept('t.der', token),
      '-token_in',
      '-CAfile',
      'root.pem',
    );
    expect(verified.toString()).toMatch(/Verification: OK/);
  });

  test.each(['00', '7f', '80', '0000000001', 'ff'.repeat(20)])('takes the nonce %s', async (hex) => {
    const query = { sha256, nonce: Buffer.from(hex, 'hex') };
    expect(readTimestampResponse(await ask(timestampQuery(query.sha256, query.nonce)), query, [authority.root]).at).toBeInstanceOf(Date);
  });

  test('refuses what answers another question', () => {
    expect(fault(() => readTimestampResponse(response, { sha256: other, nonce }, [authority.root]))).toBe('wrong-imprint');
    expect(fault(() => readTimestampResponse(response, { sha256, nonce: Buffer.from('01', 'hex') }, [authority.root]))).toBe('wrong-nonce');
    const { token } = readTimestampResponse(response, { sha256, nonce }, [authority.root]);
    expect(fault(() => verifyTimestamp(token, other, [authority.root]))).toBe('wrong-imprint');
  });

  test('refuses an authority that nobody trusts, one that calls itself the same, and one whose time is over', async () => {
    expect(fault(() => readTimestampResponse(response, { sha256, nonce }, []))).toBe('untrusted');
    const [namesake, expired] = [await startTimestampAuthority(), await startTimestampAuthority({ days: -1 })];
    try {
      expect(fault(() => readTimestampResponse(response, { sha256, nonce }, [namesake.root]))).toBe('untrusted');
      const late = await ask(timestampQuery(sha256, nonce), expired);
      expect(fault(() => readTimestampResponse(late, { sha256, nonce }, [expired.root]))).toBe('not-valid-then');
    } finally {
      await Promise.all([namesake.stop(), expired.stop()]);
    }
  });

  test("refuses a signature that is not the signer's", () => {
    const { token } = readTimestampResponse(response, { sha256, nonce }, [authority.root]);
    const [content, attributes, signature] = [
      token.indexOf(parsedToken(token).content) + 5,
      // The last of the message digest, which is an attribute that is signed.
      token.indexOf(createHash('sha256').update(parsedToken(token).content).digest()) + 31,
      token.length - 1,
    ];
    for (const place of [attributes, signature]) {
      const bent = Buffer.from(token);
      bent[place]! ^= 0x01;
      expect(fault(() => verifyTimestamp(bent, sha256, [authority.root]))).toBe('bad-signature');
    }
    const later = Buffer.from(token);
    const year = later.indexOf(`20${String(new Date().getUTCFullYear()).slice(2)}`, content);
    later[year + 3]! ^= 0x01;
    expect(fault(() => verifyTimestamp(later, sha256, [authority.root]))).toBe('bad-signature');
  });

  /** Content that another certificate of the signer's key signs; made first, for it must be valid at the time of the stamp. */
  async function resigned(extensions: string, issuer: string): Promise<Buffer> {
    kept('other.ext', Buffer.from(extensions));
    const signing = ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`, '-CAcreateserial', '-extfile', 'other.ext'];
    openssl('x509', '-req', '-in', 'signer.csr', ...signing, '-out', 'other.pem');
    const { token } = readTimestampResponse(await ask(timestampQuery(sha256, nonce)), { sha256, nonce }, [authority.root]);
    kept('info.der', parsedToken(token).content);
    const type = ['-econtent_type', '1.2.840.113549.1.9.16.1.4', '-cades', '-binary', '-nodetach', '-outform', 'DER'];
    const signer = ['-signer', 'other.pem', '-inkey', 'signer.key', '-certfile', 'signer.pem'];
    openssl('cms', '-sign', ...type, '-in', 'info.der', ...signer, '-out', 'other.der');
    return readFileSync(join(authority.folder, 'other.der'));
  }

  test.each([
    ['critical, timeStamping', 'root', undefined],
    ['emailProtection', 'root', 'wrong-purpose'],
    ['critical, timeStamping, emailProtection', 'root', 'wrong-purpose'],
    ['timeStamping', 'root', 'wrong-purpose'],
    // A certificate that may stamp time may not vouch for others.
    ['critical, timeStamping', 'signer', 'untrusted'],
  ])('a certificate for %s that the %s vouches for is %s', async (purpose, issuer, expected) => {
    const token = await resigned(`extendedKeyUsage = ${purpose}\n`, issuer);
    expect(fault(() => verifyTimestamp(token, sha256, [authority.root]))).toBe(expected);
  });

  test('says why the authority stamped nothing', async () => {
    openssl('ts', '-query', '-sha512', '-digest', 'ab'.repeat(64), '-out', 'sha512.tsq');
    const rejected = await ask(readFileSync(join(authority.folder, 'sha512.tsq')));
    expect(() => readTimestampResponse(rejected, { sha256, nonce }, [authority.root])).toThrow('Message digest algorithm is not supported');
    expect(fault(() => readTimestampResponse(rejected, { sha256, nonce }, [authority.root]))).toBe('rejected');
  });

  test('refuses garbage, in whole and in any byte', () => {
    for (const garbage of [
      Buffer.alloc(0),
      Buffer.from('<html>'),
      Buffer.alloc(1000, 0x30),
      response.subarray(0, 500),
      Buffer.from('3080', 'hex'),
    ]) {
      expect(fault(() => readTimestampResponse(garbage, { sha256, nonce }, [authority.root]))).toBe('malformed');
      expect(fault(() => verifyTimestamp(garbage, sha256, [authority.root]))).toBe('malformed');
    }
    const { token, at } = readTimestampResponse(response, { sha256, nonce }, [authority.root]);
    for (let place = 0; place < token.length; place += 11) {
      const bent = Buffer.from(token);
      bent[place]! ^= 0x01;
      // A byte that is not signed, such as one of the root's own certificate, may change nothing; none may change the time.
      const outcome = { at: undefined as Date | undefined };
      const failed = fault(() => (outcome.at = verifyTimestamp(bent, sha256, [authority.root]).at));
      expect(failed ?? outcome.at).toEqual(failed ?? at);
    }
  });
});
