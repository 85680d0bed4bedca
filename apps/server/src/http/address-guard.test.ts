import { addressGuard, isPrivateAddress, type Reach } from './address-guard.js';

describe('addresses', () => {
  test.each([
    '127.0.0.1', '127.8.9.1', '10.0.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.100.100.200', '0.0.0.0',
    '224.0.0.1', '255.255.255.255', '::', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::127.0.0.1', 'fe80::1', 'fd00:ec2::254',
    '64:ff9b::7f00:1', '2002:7f00:1::', 'ff02::1', 'not an address',
  ])('%s is private', (address) => expect(isPrivateAddress(address)).toBe(true)); // prettier-ignore

  test.each(['1.1.1.1', '8.8.8.8', '172.32.0.1', '2606:4700:4700::1111', '2a00:1450::1'])('%s is public', (address) =>
    expect(isPrivateAddress(address)).toBe(false),
  );
});

describe('what may be asked', () => {
  const asked: [url: string, from: Record<Reach, boolean>][] = [
    ['https://example.org/', { public: true, loopback: true, private: true }],
    ['http://127.0.0.1:8080/', { public: false, loopback: true, private: true }],
    ['http://127.8.9.1/', { public: false, loopback: true, private: true }],
    ['http://[::1]/', { public: false, loopback: true, private: true }],
    ['http://localhost/', { public: false, loopback: true, private: true }],
    ['http://[::ffff:127.0.0.1]/', { public: false, loopback: false, private: true }],
    ['http://10.0.0.1/', { public: false, loopback: false, private: true }],
    ['http://169.254.169.254/', { public: false, loopback: false, private: true }],
    ['http://0.0.0.0/', { public: false, loopback: false, private: true }],
    ['file:///etc/passwd', { public: false, loopback: false, private: false }],
    ['ftp://example.org/', { public: false, loopback: false, private: false }],
    ['http://user:secret@example.org/', { public: false, loopback: false, private: false }],
  ];
  test.each(asked)('%s', (url, expected) => {
    for (const [allow, open] of Object.entries(expected)) {
      expect([allow, addressGuard({ allow: allow as Reach }).refusalOf(new URL(url)) === undefined]).toEqual([allow, open]);
    }
  });
});

describe('what a name leads to', () => {
  function looked(allow: Reach, hostname: string): Promise<string> {
    return new Promise((resolve) =>
      addressGuard({ allow }).lookup(hostname, {}, (error, address) => resolve(error ? error.message : String(address))),
    );
  }

  test('is refused where it is this machine, and pinned where that may be asked', async () => {
    expect(await looked('public', 'localhost')).toContain('its name leads into a private network');
    expect(await looked('loopback', 'localhost')).toMatch(/^(127\.0\.0\.1|::1)$/);
  });
});
