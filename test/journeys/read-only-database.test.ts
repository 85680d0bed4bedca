import { portalUnderTest } from '../support/portal-under-test.js';
import { problemIn } from '../support/problems.js';
import { until } from '../support/processes.js';

describe('a database that takes no writes for a while', () => {
  const its = portalUnderTest();

  /** As after a failover to a replica, or when an operator stops writes; connections that there are end. */
  async function readOnly(on: boolean): Promise<void> {
    const [{ name }] = (await its.database.query<{ name: string }>('SELECT current_database() AS name')) as [{ name: string }];
    await its.database.query(
      `ALTER DATABASE "${name}" ${on ? 'SET default_transaction_read_only = on' : 'RESET default_transaction_read_only'}`,
    );
    await its.database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'paddock'`,
    );
    await until('the portal has connections again', 30_000, async () => (await fetch(`${its.url}/health/ready`)).status === 200);
  }

  test('writes are refused with reason and remedy, what is read is answered, and all goes on by itself', async () => {
    const ada = await its.person();
    const { body: shown } = await ada.post<{ id: string; assent: { attestations: { id: string }[] } }>('/presentations', {
      model: 'demo-llama-assent',
    });
    const attestations = Object.fromEntries(shown.assent.attestations.map(({ id }) => [id, true]));
    const accept = () => ada.post('/acceptances', { presentation: shown.id, typedName: 'Ada Lovelace', attestations, assented: true });
    await readOnly(true);
    const refused = await accept();
    expect(problemIn(refused)).toMatchObject({ status: 503, code: 'unavailable', remedy: expect.any(String) });
    expect((await fetch(`${its.url}/api/v1/models`)).status).toBe(200);
    await readOnly(false);
    expect(await its.database.query('SELECT FROM acceptance')).toEqual([]);
    expect((await accept()).status).toBe(201);
    expect(await its.database.query('SELECT FROM acceptance')).toHaveLength(1);
  });
});
