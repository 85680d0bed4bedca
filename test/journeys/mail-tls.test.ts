import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithPeer } from '../support/peers.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { until } from '../support/processes.js';
import { TestSmtpServer } from '../support/smtp-server.js';

describeWithPeer('OpenSSL', ['openssl'], 'apt-get install openssl', () => {
  const folder = mkdtempSync(join(tmpdir(), 'paddock-tls-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const env: Record<string, string> = { PADDOCK_MAIL_FROM: 'portal@lab.example', NODE_EXTRA_CA_CERTS: cert };
  let smtp: TestSmtpServer;
  beforeAll(async () => {
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', cert, ...subject], {
      stdio: 'ignore',
    });
    smtp = await TestSmtpServer.start({ secure: true, key: readFileSync(key), cert: readFileSync(cert) });
    env['PADDOCK_SMTP_URL'] = smtp.url.replace('smtp:', 'smtps:');
  });
  const its = portalUnderTest(env);
  afterAll(async () => {
    await smtp.stop();
    rmSync(folder, { recursive: true });
  });

  test('mail goes to a server behind TLS whose certificate is believed', async () => {
    const ada = await its.person();
    await until('it arrived', 30_000, () => smtp.to(ada.email).length === 1);
    expect(smtp.to(ada.email)[0]!.source).toMatch(/^Subject: Confirm your e-mail address\r$/m);
  });
});
