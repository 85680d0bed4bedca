import type { QueryRunner } from 'typeorm';
import { contractingStatements } from './contracting.js';
import { MIGRATIONS } from './index.js';

/** Those before were made while there was no version that had to go on beside the next. */
const SINCE = 1764000000038;

interface Phased {
  name: string;
  /** Of a contract phase: the migration that expanded, which every server that still runs must know. */
  contracts?: string;
  up(runner: QueryRunner): Promise<unknown>;
}

const migrations = MIGRATIONS.map((one): Phased => new one());
const numberOf = ({ name }: { name: string }) => Number(/\d{13}$/.exec(name)![0]);

/** What the migration would say to a database, in its order. */
async function statementsOf(migration: Phased): Promise<string> {
  const said: string[] = [];
  const runner = { query: (sql: string) => Promise.resolve(said.push(sql) && []) };
  await migration.up(runner as unknown as QueryRunner);
  return said.join(';\n');
}

describe('migrations expand, and contract a version later', () => {
  test.each(migrations.filter((one) => numberOf(one) >= SINCE))('$name', async (migration) => {
    const contracting = contractingStatements(await statementsOf(migration));
    const expanded = migrations.find(({ name }) => name === migration.contracts);
    const named = expanded !== undefined && numberOf(expanded) < numberOf(migration);
    expect([migration.contracts, named ? [] : contracting]).toEqual([named ? expanded.name : undefined, []]);
  });

  test.each([
    'DROP TABLE grant_note',
    'ALTER TABLE person DROP COLUMN country',
    'ALTER TABLE person DROP country',
    'ALTER TABLE person RENAME COLUMN country TO land',
    'ALTER TABLE person RENAME TO somebody',
    'ALTER TABLE person ALTER COLUMN country TYPE varchar(2)',
    'ALTER TABLE person ALTER country SET NOT NULL',
    'ALTER TABLE link ALTER COLUMN channel DROP DEFAULT',
    'ALTER TABLE person ADD COLUMN city text NOT NULL',
    'ALTER TABLE person ADD city text NOT NULL, ADD COLUMN street text',
    'ALTER TABLE link ADD CONSTRAINT short CHECK (length(path) < 100)',
    'ALTER TABLE link ADD UNIQUE (path)',
    'DELETE FROM session',
    'TRUNCATE session',
    'REVOKE INSERT ON session FROM paddock',
    'CREATE TABLE a (id int); ALTER TABLE b RENAME TO c',
  ])('%s contracts', (sql) => expect(contractingStatements(sql)).toHaveLength(1));

  test.each([
    'CREATE TABLE grant_note (id uuid PRIMARY KEY, text text NOT NULL)',
    'CREATE TABLE a (id int); ALTER TABLE a ADD CONSTRAINT small CHECK (id < 9); ALTER TABLE a ALTER COLUMN id SET NOT NULL',
    'ALTER TABLE person ADD COLUMN city text',
    "ALTER TABLE person ADD COLUMN city text NOT NULL DEFAULT ''",
    'ALTER TABLE person ADD COLUMN n int DEFAULT 1 NOT NULL, ADD COLUMN m int NOT NULL DEFAULT 2',
    'ALTER TABLE person ALTER COLUMN country DROP NOT NULL',
    'ALTER TABLE person DROP CONSTRAINT person_country_check',
    'CREATE INDEX person_country ON person (country); DROP INDEX person_land',
    "UPDATE person SET country = 'DROP TABLE person' -- and RENAME nothing",
    'CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ DELETE FROM session $$',
  ])('%s does not', (sql) => expect(contractingStatements(sql)).toEqual([]));
});
