import { createHash, randomBytes } from 'node:crypto';
import { describeInChromium } from '../support/browser.js';
import { publishModel } from '../support/licenses.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { refusalIn } from '../support/problems.js';

interface License {
  versions: { n: number; state: string; clauses: { kind: string; parameters: object }[]; reacceptance: string }[];
}
interface Release {
  state: string;
  artifacts: { path: string; sha256: string; access: string }[];
}

describeInChromium('a publisher in a browser', (chromium) => {
  const its = portalUnderTest();

  test('puts a new license version in force through the editor, knowing whom it asks what', async () => {
    await publishModel(its.admin, 're-accepted', 'assent', { text: 'Terms for all.\n\nNot for weapons.' });
    const people = [await its.person(), await its.person()];
    const grants = [];
    for (const person of people) grants.push(await person.accept('re-accepted'));
    const page = await chromium.open(`${its.url}/legal/licenses/re-accepted-license`, its.admin);
    await page.getByRole('button', { name: 'Write a new version' }).click();
    const text = page.getByLabel('Text of the license, in Markdown');
    await text.fill('Terms for all.\n\nNot for weapons.\n\nNot in Atlantis.');
    // What was written outlives a reload.
    await page.reload({ waitUntil: 'networkidle' });
    expect(await text.inputValue()).toContain('Atlantis');
    await page.getByRole('button', { name: 'Next' }).click();

    await page.getByRole('button', { name: 'Mark the selected words' }).click();
    await page.getByText('Select words in the text first.').waitFor();
    const marking = page.getByLabel('Text; select the words of a clause');
    await marking.evaluate((area: HTMLTextAreaElement) => {
      const start = area.value.indexOf('Not for weapons.');
      area.setSelectionRange(start, start + 'Not for weapons.'.length);
    });
    await page.getByLabel('What the selected words are').selectOption('field-of-use');
    await page.getByRole('button', { name: 'Mark the selected words' }).click();
    await page.getByLabel('Uses that it is not given for').fill('weapons');
    await page.getByRole('article').locator('mark', { hasText: 'Not for weapons.' }).waitFor();
    await page.getByRole('button', { name: 'Next' }).click();

    await page.getByLabel('They must accept again as soon as it is in force').check();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('2 licensees must accept again').waitFor();
    await page.locator('ins', { hasText: 'Atlantis' }).waitFor();
    await page.getByRole('button', { name: 'Publish this version' }).click();
    await page.getByText('Version 2 is published').waitFor();

    const { body } = await its.admin.get<License>('/licenses/re-accepted-license');
    expect(body.versions[0]).toMatchObject({
      n: 2,
      state: 'in-force',
      reacceptance: 'at-once',
      clauses: [{ kind: 'field-of-use', parameters: { excluded: ['weapons'] } }],
    });
    expect(refusalIn(await people[0]!.post(`/grants/${grants[0]}/links`, { release: 'first' }))).toBe('403 acceptance-outdated');
    expect(page.faults).toEqual([]);
  });

  test('uploads through a lost connection, from where it stopped, and publishes', async () => {
    await its.admin.post('/models', { publisher: 'demo-lab', slug: 'uploaded', title: 'Uploaded' });
    await its.admin.post('/models/uploaded/terms', { admission: 'assent', license: 'sample-community' });
    await its.admin.post('/models/uploaded/releases', { name: 'r1' });
    const bytes = randomBytes(2_000_000);
    const uploads = '/models/uploaded/releases/r1/uploads';
    // An earlier visit sent half of it.
    const begun = await its.admin.post<{ id: string }>(uploads, { path: 'weights.bin', size: bytes.length });
    const half = bytes.length / 2;
    const headers = { 'content-type': 'application/octet-stream', 'upload-offset': '0' };
    await its.admin.call('PATCH', `${uploads}/${begun.body.id}`, { body: bytes.subarray(0, half), headers });

    const page = await chromium.open(`${its.url}/publishing/uploaded/releases/r1`, its.admin);
    await page.getByText('weights.bin: 1.0 MB of 2.0 MB').waitFor();
    const offsets: (string | undefined)[] = [];
    await page.route('**/uploads/*', async (route) => {
      if (route.request().method() !== 'PATCH') return route.continue();
      offsets.push(route.request().headers()['upload-offset']);
      return offsets.length === 1 ? route.abort('connectionreset') : route.continue();
    });
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles([
        { name: 'weights.bin', mimeType: 'application/octet-stream', buffer: bytes },
        { name: 'README.md', mimeType: 'text/markdown', buffer: Buffer.from('# Card') },
      ]);
    await page.getByLabel('Access README.md').selectOption('public');
    await page.getByRole('button', { name: 'Upload 2 files' }).click();
    await page.getByText('The connection was lost.').waitFor();
    await page.getByRole('button', { name: 'Try now' }).click();
    await page.getByText('uploaded', { exact: true }).nth(1).waitFor();
    expect(offsets).toEqual([String(half), String(half), '0']);

    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
    await page.getByText('published', { exact: true }).waitFor();
    const { body } = await its.admin.get<Release>('/models/uploaded/releases/r1');
    expect(body).toMatchObject({
      state: 'published',
      artifacts: [
        { path: 'README.md', access: 'public' },
        { path: 'weights.bin', access: 'gated', sha256: createHash('sha256').update(bytes).digest('hex') },
      ],
    });
  });
});
