import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithPeer } from '../../../../test/support/peers.js';
import { findChromium } from './chromium/find-chromium.js';
import { printPdf } from './print-pdf.js';
import type { Stamp } from './stamp.js';

const stamp: Stamp = {
  title: 'Acceptable <b>Use</b> & "more"',
  sourceUrl: 'https://lab.example/use?a=1&b=<script>',
  capturedAt: new Date('2026-11-01T12:34:56.789Z'),
  sha256: '0123456789abcdef'.repeat(4),
};
const folder = mkdtempSync(join(tmpdir(), 'paddock-pdf-'));
afterAll(() => rmSync(folder, { recursive: true }));

function pagesOf(pdf: Buffer): string[] {
  const file = join(folder, 'print.pdf');
  writeFileSync(file, pdf);
  execFileSync('qpdf', ['--check', file]);
  return execFileSync('pdftotext', ['-layout', file, '-']).toString().split('\f').slice(0, -1);
}

test('a Chromium that was configured must be one', () => {
  expect(() => findChromium('/nonexistent/chromium')).toThrow('/nonexistent/chromium is not a program');
  expect(findChromium('/bin/sh')).toBe('/bin/sh');
});

describeWithPeer('Chromium', ['chromium', 'pdftotext', 'qpdf'], 'apt-get install chromium poppler-utils qpdf', () => {
  const chromium = { executable: findChromium(undefined)!, allowNoSandbox: false };
  let server: Server;
  let outside: string;
  let connections = 0;
  beforeAll(async () => {
    server = createServer((socket) => {
      connections++;
      socket.destroy();
    }).listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    outside = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  const print = (html: string | Buffer, mediaType = 'text/html') => printPdf(Buffer.from(html), mediaType, stamp, chromium);

  test('every page carries name, source, time and digest', async () => {
    const pages = pagesOf(
      await print(`<style>@page { margin: 0; size: 3in }</style><h1>Use</h1>${'<p>Do no harm, Größe αβγ.'.repeat(150)}`),
    );
    expect(pages.length).toBeGreaterThan(3);
    for (const page of pages) {
      for (const line of [stamp.title, stamp.sourceUrl, '2026-11-01T12:34:56.789Z (UTC)', stamp.sha256]) {
        expect(page).toContain(line);
      }
    }
    expect(pages.at(-1)).toMatch(new RegExp(String.raw`${pages.length} ?/ ?${pages.length}\s*$`));
    expect(pages.join(' ')).toContain('Do no harm, Größe αβγ.');
  });

  test('a hostile page reaches nothing, runs nothing and reads nothing', async () => {
    const page = `<meta charset="utf-8"><base href="${outside}/"><link rel="preconnect" href="${outside}"><link rel="dns-prefetch" href="//example.org">
      <link rel="prefetch" href="/p"><link rel="stylesheet" href="/s.css"><link rel="icon" href="/i.png"><meta http-equiv="refresh" content="0; url=${outside}/r">
      <style>@import url(${outside}/i.css); @font-face { font-family: f; src: url(${outside}/f) } p { background: url(${outside}/bg); display: none; font-family: f }</style>
      <script src="/x.js"></script><script>document.write('SCRIPTED')</script><body onload="document.title = 1; fetch('/onload')">
      <img src="/img" srcset="/img2 2x" onerror="document.body.append('SCRIPTED')"><img src="file:///etc/passwd"><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">
      <iframe src="/f"></iframe><iframe src="file:///etc/passwd"></iframe><iframe srcdoc="<img src='${outside}/srcdoc'>"></iframe>
      <object data="file:///etc/passwd"></object><embed src="/e"><video src="/v" poster="/poster" autoplay></video><audio src="/a" autoplay></audio>
      <svg><image href="/svg"/><use href="${outside}/u#x"/></svg><form action="/form"><input autofocus></form><p>Policy words</p>`;
    const text = pagesOf(await print(page)).join(' ');
    expect(connections).toBe(0);
    expect(text).toContain('Policy words');
    expect(text).not.toMatch(/SCRIPTED|root:/);
  });

  test('letters are read as their charset says, and text is not taken for HTML', async () => {
    expect(pagesOf(await print(Buffer.from('<p>Größe', 'latin1'), 'text/html; charset=iso-8859-1')).join(' ')).toContain('Größe');
    expect(pagesOf(await print('# Use\n\n<b>Größe</b>', 'text/markdown')).join(' ')).toContain('<b>Größe</b>');
  });

  test('what cannot be printed fails soon, and leaves nothing behind', async () => {
    const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('paddock-print-'));
    await expect(print(Buffer.alloc(17 * 1024 * 1024))).rejects.toMatchObject({ name: 'AdapterFailure', transient: false });
    await expect(printPdf(Buffer.from('x'), 'text/html', stamp, { ...chromium, executable: '/bin/false' })).rejects.toThrow(
      'does not start with its sandbox',
    );
    await expect(printPdf(Buffer.from('x'), 'text/html', stamp, { ...chromium, executable: '/nonexistent' })).rejects.toThrow(
      'does not start',
    );
    expect(left()).toEqual([]);
  });

  test('where the sandbox cannot start nothing is printed, unless that was allowed', async () => {
    const bare = join(folder, 'chromium-without-sandbox');
    writeFileSync(bare, `#!/bin/sh\ncase "$*" in *--no-sandbox*) exec ${chromium.executable} "$@";; *) exit 1;; esac\n`);
    chmodSync(bare, 0o755);
    chmodSync(folder, 0o755);
    await expect(printPdf(Buffer.from('x'), 'text/html', stamp, { executable: bare, allowNoSandbox: false })).rejects.toThrow(
      'with its sandbox',
    );
    expect(pagesOf(await printPdf(Buffer.from('bare words'), 'text/html', stamp, { executable: bare, allowNoSandbox: true }))[0]).toContain(
      'bare words',
    );
  });
});
