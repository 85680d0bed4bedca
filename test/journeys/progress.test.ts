import { randomBytes } from 'node:crypto';
import { portalUnderTest } from '../support/portal-under-test.js';
import { until } from '../support/processes.js';
import { refusalIn } from '../support/problems.js';
import { publishModel } from '../support/publication.js';
import { SlowDownload } from '../support/slow-download.js';
import { watchProgress } from '../support/watched-progress.js';

describe('watching one’s own downloads', () => {
  const its = portalUnderTest();

  test('shows a download while it runs, once it broke off, and when it is complete', async () => {
    const weights = randomBytes(24 * 1024 * 1024);
    await publishModel(its.admin, { slug: 'large', admission: 'assent', files: { 'weights.bin': weights } });
    const ada = await its.person();
    const grant = await ada.accept('large');
    const { artifacts } = await ada.links(grant, { release: 'r1' });
    const watched = await watchProgress(ada, grant);
    expect(watched.answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');

    const download = await SlowDownload.begin(artifacts[0]!.url, 'never');
    const told = () => watched.files[0] ?? { state: 'nothing', bytes: 0 };
    await until('it is told to run', 30_000, () => told().state === 'running' && told().bytes! > 0);
    expect(told().bytes).toBeLessThan(weights.length);
    download.stop();
    await until('it is told to have broken off', 30_000, () => told().state === 'broken-off');
    const had = told().bytes!;
    const rest = await fetch(artifacts[0]!.url, { headers: { range: `bytes=${had}-` } });
    await rest.arrayBuffer();
    await until('the whole is told', 30_000, () => told().state === 'complete');
    expect(watched.files).toEqual([{ release: 'r1', path: 'weights.bin', size: weights.length, bytes: weights.length, state: 'complete' }]);
    expect(await its.database.query('SELECT FROM transfer_progress')).toEqual([]);
    watched.stop();
  });

  test('tells nothing of others, and ends with the session', async () => {
    const [ada, eve] = [await its.person(), await its.person()];
    const grant = await ada.obtainGrant(its.admin);
    expect(refusalIn(await eve.get(`/grants/${grant}/progress`))).toBe('404 not-found');
    // Staff may read the grant, and see their own downloads of it: none.
    const staff = await watchProgress(its.admin, grant);
    const watched = await watchProgress(ada, grant);
    const { artifacts } = await ada.links(grant);
    await (await fetch(artifacts[0]!.url)).arrayBuffer();
    await until('it is told', 30_000, () => watched.files.length === 1);
    expect(staff.files).toEqual([]);
    staff.stop();
    await ada.call('DELETE', '/session', { body: {} });
    await until('the stream ends', 30_000, () => watched.ended);
  });

  test('is open to so many windows at once, and to others after those', async () => {
    const ada = await its.person();
    const grant = await ada.obtainGrant(its.admin);
    const windows = await Promise.all([1, 2, 3, 4].map(() => watchProgress(ada, grant)));
    expect(refusalIn(await ada.get(`/grants/${grant}/progress`))).toBe('429 too-many-attempts');
    for (const window of windows) window.stop();
    await until('another may watch', 30_000, async () => {
      const again = await watchProgress(ada, grant);
      again.stop();
      return again.answer.status === 200;
    });
  });
});
