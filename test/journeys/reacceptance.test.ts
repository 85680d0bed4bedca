import { portalUnderTest } from '../support/portal-under-test.js';

const under = portalUnderTest();

interface Shown {
  id: string;
  surface: string;
  documents: { sha256: string; title: string }[];
  assent: { attestations: { id: string }[] };
  previous: { differences: { kind: string; title: string; diff: string }[] } | null;
}

describe('a policy whose new text must be accepted at once', () => {
  test('outdates what was accepted, shows what changed on the page, and opens again with the declaration of it', async () => {
    const ada = await under.person();
    const grant = await ada.obtainGrant(under.admin);
    const text = 'Use the model kindly. This sentence is new.';
    await under.admin.post('/policies/sample-acceptable-use/texts', { text, reacceptance: 'at-once' });
    expect((await ada.post(`/grants/${grant}/links`, { release: 'tiny-f32' })).body).toMatchObject({ code: 'acceptance-outdated' });

    const page = await fetch(`${under.url}/models/demo-llama/accept`, {
      headers: { cookie: [...ada.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    const proof = /name="page-proof" content="([^"]+)"/.exec(await page.text())![1]!;
    expect((await ada.post('/presentations', { model: 'demo-llama', page: `${proof}x` })).body).toMatchObject({ code: 'page-token' });
    const stranger = await under.person();
    expect((await stranger.post('/presentations', { model: 'demo-llama', page: proof })).body).toMatchObject({ code: 'page-token' });

    const { body: shown } = await ada.post<Shown>('/presentations', { model: 'demo-llama', page: proof });
    expect(shown).toMatchObject({
      surface: 'page',
      previous: { differences: [{ kind: 'policy', title: 'Sample Acceptable Use Policy' }] },
    });
    const diff = (await (await fetch(shown.previous!.differences[0]!.diff)).json()) as { parts: { op: string; text: string }[] };
    expect(diff.parts.some(({ op, text: words }) => op === 'insert' && words.includes('new'))).toBe(true);

    const opened = { kind: 'opened', subject: shown.documents[0]!.sha256, at: new Date().toISOString() };
    expect((await ada.post(`/presentations/${shown.id}/observations`, { observations: [opened] })).body).toEqual({ recorded: 1 });
    const foreign = { ...opened, subject: 'f'.repeat(64) };
    expect((await ada.post(`/presentations/${shown.id}/observations`, { observations: [foreign] })).body).toMatchObject({
      code: 'malformed-request',
    });

    const attestations = Object.fromEntries(shown.assent.attestations.map(({ id }) => [id, true]));
    const accepted = await ada.post<{ id: string }>('/acceptances', {
      presentation: shown.id,
      typedName: 'Ada Lovelace',
      attestations,
      assented: true,
    });
    expect(await ada.links(grant)).toHaveProperty('script');
    const { text: declaration } = await ada.get(`/acceptances/${accepted.body.id}/declaration`);
    expect(declaration).toContain('a page of the portal');
    expect(declaration).toContain('Reported by the browser');
    expect(declaration).toContain(shown.documents[1]!.sha256);
    expect((await ada.get('/policies/sample-acceptable-use/since-accepted')).body).toMatchObject({ acceptance: accepted.body.id });
  });
});
