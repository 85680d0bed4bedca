import { addVersion, publishModel } from '../support/licenses.js';
import type { Person } from '../support/person.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { problemIn, refusalIn, tally } from '../support/problems.js';

interface Presentation {
  id: string;
  agreement: string;
  assent: { attestations: { id: string }[] };
}

describe('acceptance', () => {
  const its = portalUnderTest();
  let models = 0;

  const freshModel = async (admission: 'assent' | 'application' = 'assent') => {
    const slug = `model-${(models += 1)}`;
    await publishModel(its.admin, slug, admission);
    return slug;
  };
  const present = async (person: Person, model: string) => (await person.post<Presentation>('/presentations', { model })).body;
  const assentTo = ({ id, assent }: Presentation) => ({
    presentation: id,
    typedName: 'Ada Lovelace',
    attestations: Object.fromEntries(assent.attestations.map((one) => [one.id, true])),
    assented: true,
  });
  const rows = (table: string, presentation: Presentation) =>
    its.database.query(`SELECT 1 FROM ${table} WHERE presentation_id = $1`, [presentation.id]);
  const grantsOf = async (person: Person, model: string) =>
    (await person.get<{ items: { id: string; state: string; license: string }[] }>(`/grants?model=${model}`)).body.items;

  test('twenty at once of one presentation are one acceptance and one grant', async () => {
    const [ada, model] = [await its.person(), await freshModel()];
    const presentation = await present(ada, model);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => ada.post<{ id: string; grant: string }>('/acceptances', assentTo(presentation))),
    );
    expect(tally(answers)).toEqual({ 201: 20 });
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await rows('acceptance', presentation)).toHaveLength(1);
    expect(await grantsOf(ada, model)).toMatchObject([{ id: answers[0]!.body.grant, state: 'active' }]);
    const acceptance = answers[0]!.body.id;
    expect(await its.database.query('SELECT 1 FROM ledger_entry WHERE subject_id = $1', [acceptance])).toHaveLength(1);
    expect(await its.database.query('SELECT 1 FROM event WHERE subject_id = $1', [acceptance])).toHaveLength(1);
  });

  test('another answer to an ended presentation is refused with its state', async () => {
    const [ada, model] = [await its.person(), await freshModel()];
    const presentation = await present(ada, model);
    await ada.post('/acceptances', assentTo(presentation));
    for (const other of [
      { ...assentTo(presentation), typedName: 'Somebody Else' },
      { presentation: presentation.id, declined: true },
    ]) {
      expect(problemIn(await ada.post('/acceptances', other))).toMatchObject({
        status: 409,
        code: 'presentation-ended',
        state: 'accepted',
      });
    }
    expect(await rows('acceptance', presentation)).toHaveLength(1);
  });

  test('accepted and declined at once: one of them stands', async () => {
    const [ada, model] = [await its.person(), await freshModel()];
    const presentation = await present(ada, model);
    const answers = await Promise.all(
      [assentTo(presentation), { presentation: presentation.id, declined: true }].map((body) => ada.post('/acceptances', body)),
    );
    expect(tally(answers)).toEqual({ 201: 1, 409: 1 });
    expect(await rows('acceptance', presentation)).toHaveLength(1);
  });

  test('a license version in between: both agreements are named, nothing is granted, an event is written', async () => {
    const [ada, model] = [await its.person(), await freshModel()];
    const presentation = await present(ada, model);
    await addVersion(its.admin, `${model}-license`);
    const problem = problemIn(await ada.post('/acceptances', assentTo(presentation)));
    const newer = await present(ada, model);
    expect(problem).toMatchObject({ status: 409, code: 'presentation-outdated', shown: presentation.agreement, current: newer.agreement });
    expect(newer.agreement).not.toBe(presentation.agreement);
    expect(await rows('acceptance', presentation)).toEqual([]);
    expect(await grantsOf(ada, model)).toEqual([]);
    expect(await its.database.query(`SELECT kind, code FROM event WHERE subject_id = $1 ORDER BY at`, [presentation.id])).toEqual([
      { kind: 'agreement-presented', code: null },
      { kind: 'agreement-outdated', code: 'presentation-outdated' },
    ]);
    expect((await ada.post('/acceptances', assentTo(newer))).status).toBe(201);
  });

  test('a policy’s new effective text in between outdates the presentation too', async () => {
    const [ada, model] = [await its.person(), await freshModel()];
    const presentation = await present(ada, model);
    await its.database.query(`
      WITH text AS (INSERT INTO document (sha256, media_type, bytes) VALUES (repeat('b', 64), 'text/plain', 'changed') RETURNING sha256),
        seen AS (INSERT INTO capture (id, policy_id, captured_at, outcome) SELECT gen_random_uuid(), id, now(), 'changed' FROM policy WHERE slug = 'sample-acceptable-use' RETURNING id, policy_id),
        snap AS (INSERT INTO snapshot (id, policy_id, capture_id, captured_at, raw_sha256, effective_from) SELECT gen_random_uuid(), policy_id, seen.id, now(), text.sha256, now() FROM seen, text RETURNING id)
      INSERT INTO snapshot_text (snapshot_id, extractor, extractor_version, sha256) SELECT snap.id, 'as-written', '1', text.sha256 FROM snap, text`);
    expect(refusalIn(await ada.post('/acceptances', assentTo(presentation)))).toBe('409 presentation-outdated');
    expect(await grantsOf(ada, model)).toEqual([]);
  });

  test('another license of the model in between: what was shown no longer opens it', async () => {
    const [ada, model, other] = [await its.person(), await freshModel(), await freshModel()];
    const presentation = await present(ada, model);
    await its.admin.post(`/models/${model}/terms`, { admission: 'assent', license: `${other}-license` });
    const problem = problemIn(await ada.post('/acceptances', assentTo(presentation)));
    expect(problem).toMatchObject({
      status: 409,
      code: 'presentation-outdated',
      shown: presentation.agreement,
      current: (await present(ada, model)).agreement,
    });
    expect(await grantsOf(ada, model)).toEqual([]);
  });

  test('another license of the model leaves a grant that awaits its acceptance under its own', async () => {
    const [ada, model, other] = [await its.person(), await freshModel('application'), await freshModel()];
    const { body } = await ada.post<{ id: string }>('/access-requests', {
      model,
      licensee: { kind: 'individual', legalName: 'Ada', country: 'GB' },
      answers: {},
    });
    await ada.post(`/access-requests/${body.id}/submit`);
    await its.admin.post(`/access-requests/${body.id}/approve`);
    await its.admin.post(`/models/${model}/terms`, { admission: 'application', license: `${other}-license` });
    await ada.accept(model);
    expect(await grantsOf(ada, model)).toMatchObject([{ state: 'active', license: `${model}-license` }]);
  });

  test('a decline is kept under the version that was shown, opens nothing, and may be followed by an acceptance', async () => {
    const [ada, model] = [await its.person(), await freshModel()];
    const presentation = await present(ada, model);
    await addVersion(its.admin, `${model}-license`);
    const { status, body } = await ada.post('/acceptances', { presentation: presentation.id, declined: true });
    expect([status, body]).toEqual([
      201,
      expect.objectContaining({ state: 'declined', licenseVersion: 1, agreement: presentation.agreement, grant: null, typedName: null }),
    ]);
    expect(await grantsOf(ada, model)).toEqual([]);
    expect(problemIn(await ada.post('/acceptances', assentTo(presentation)))).toMatchObject({
      code: 'presentation-ended',
      state: 'declined',
    });
    await ada.accept(model);
    expect(await grantsOf(ada, model)).toHaveLength(1);
  });

  test('incomplete assent changes nothing, and the presentation can still be answered', async () => {
    const [ada, model] = [await its.person(), await freshModel()];
    const presentation = await present(ada, model);
    for (const change of [{ typedName: 'A' }, { attestations: {} }, { attestations: { read: true, sold: true } }]) {
      expect(refusalIn(await ada.post('/acceptances', { ...assentTo(presentation), ...change }))).toBe('422 assent-incomplete');
    }
    expect((await ada.post('/acceptances', assentTo(presentation))).status).toBe(201);
  });

  test('an expired presentation is refused', async () => {
    const [ada, model] = [await its.person(), await freshModel()];
    const presentation = await present(ada, model);
    await its.database.query('UPDATE presentation SET expires_at = now() WHERE id = $1', [presentation.id]);
    expect(refusalIn(await ada.post('/acceptances', assentTo(presentation)))).toBe('409 presentation-expired');
  });

  test('without an approval nothing is granted, and nothing written', async () => {
    const [ada, model] = [await its.person(), await freshModel('application')];
    const presentation = await present(ada, model);
    expect(refusalIn(await ada.post('/acceptances', assentTo(presentation)))).toBe('403 approval-required');
    expect(await rows('acceptance', presentation)).toEqual([]);
  });

  test('an open model asks for no acceptance', async () => {
    expect(refusalIn(await (await its.person()).post('/presentations', { model: 'demo-llama-open' }))).toBe('409 assent-not-required');
  });
});
