import { QueryRunnerAlreadyReleasedError, QueryRunnerProviderAlreadyReleasedError } from 'typeorm';
import { refusalOfDatabase } from './failure.js';

test.each(
  [
    new QueryRunnerAlreadyReleasedError(),
    new QueryRunnerProviderAlreadyReleasedError(),
    new Error('Client was closed and is not queryable'),
    new Error('Client has encountered a connection error and is not queryable'),
    new Error('Connection terminated unexpectedly'),
    Object.assign(new Error('the database system is in recovery mode'), { code: '57P03' }),
    Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }),
  ].map((error) => [error.message, error] as const),
)('%s: the database is away, and one may ask again', (_, error) => {
  expect(refusalOfDatabase(error)).toMatchObject({ code: 'unavailable', facts: { retryAfter: 2 } });
});

test('a fault of ours is none of the database', () => {
  expect(refusalOfDatabase(Object.assign(new Error('column "x" does not exist'), { code: '42703' }))).toBeUndefined();
});
