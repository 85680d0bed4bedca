import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface TimestampAuthority {
  /** Takes POST `application/timestamp-query`. */
  url: string;
  /** The root's certificate in DER. */
  root: Buffer;
  /** The certificate that stamps, in DER. */
  signer: Buffer;
  /** Where its keys and certificates are, as PEM: `root.pem`, `signer.pem` and their `.key`. */
  folder: string;
  stop(): Promise<void>;
}

/** A real RFC 3161 authority on loopback: `openssl ts` with a root, and a certificate for stamping time that it vouches for. */
export async function startTimestampAuthority({ days = 30 } = {}): Promise<TimestampAuthority> {
  const folder = await mkdtemp(join(tmpdir(), 'paddock-tsa-'));
  const openssl = (...args: string[]) => run('openssl', args, { cwd: folder });
  await makeCertificates(openssl, folder, days);
  const server = createServer((request, response) => {
    answer(request, folder, openssl).then(
      (reply) => response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(reply),
      (error: Error) => response.writeHead(400).end(error.message),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const der = async (name: string) =>
    (await run('openssl', ['x509', '-in', name, '-outform', 'DER'], { cwd: folder, encoding: 'buffer' })).stdout;
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    root: await der('root.pem'),
    signer: await der('signer.pem'),
    folder,
    async stop() {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true });
    },
  };
}

type OpenSsl = (...args: string[]) => Promise<unknown>;

async function makeCertificates(openssl: OpenSsl, folder: string, days: number): Promise<void> {
  const key = ['-newkey', 'rsa:2048', '-nodes'];
  await openssl('req', '-x509', ...key, '-keyout', 'root.key', '-out', 'root.pem', '-subj', '/O=Test/CN=Time Root', '-days', '30');
  await openssl('req', ...key, '-keyout', 'signer.key', '-out', 'signer.csr', '-subj', '/O=Test/CN=Time Stamper');
  await writeFile(join(folder, 'extensions'), 'keyUsage = critical, digitalSignature\nextendedKeyUsage = critical, timeStamping\n');
  const signing = ['-CA', 'root.pem', '-CAkey', 'root.key', '-CAcreateserial', '-days', String(days), '-extfile', 'extensions'];
  await openssl('x509', '-req', '-in', 'signer.csr', '-out', 'signer.pem', ...signing);
  await writeFile(join(folder, 'serial'), '01');
  await writeFile(join(folder, 'ts.cnf'), CONFIGURATION);
}

const CONFIGURATION = `
[tsa]
default_tsa = authority
[authority]
serial = serial
crypto_device = builtin
signer_cert = signer.pem
signer_key = signer.key
certs = root.pem
signer_digest = sha256
default_policy = 1.3.6.1.4.1.32473.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
`;

async function answer(request: IncomingMessage, folder: string, openssl: OpenSsl): Promise<Buffer> {
  if (request.headers['content-type'] !== 'application/timestamp-query') throw new Error('not a query');
  const name = randomBytes(8).toString('hex');
  const [query, reply] = [join(folder, `${name}.tsq`), join(folder, `${name}.tsr`)];
  await writeFile(query, Buffer.concat(await request.toArray()));
  await openssl('ts', '-reply', '-config', 'ts.cnf', '-queryfile', query, '-out', reply);
  return readFile(reply);
}
