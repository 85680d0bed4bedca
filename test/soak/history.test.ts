import { brokenPromises, type Holdings, type Operation } from './history.js';

const HELD: Holdings = {
  acceptances: new Set(['a']),
  requests: new Set(),
  links: new Set(['l']),
  mails: ['m'],
  webhooks: [{ id: 'w', content: 'x', at: 50 }],
};
const UPSETS = [{ what: 'postgres', from: 100, until: 200 }];
const operation = (changes: Partial<Operation>): Operation => ({ what: 'catalog', began: 10, ended: 20, status: 200, ...changes });

describe('the history of a soak', () => {
  test.each<[string, Partial<Operation>[], Partial<Holdings>, string[]]>([
    ['nothing amiss', [{}, { what: 'acceptance', status: 201, id: 'a' }, { what: 'link', status: 201, id: 'l', grant: 'g' }], {}, []],
    ['a refusal', [{ status: 403 }, { status: 429 }], {}, []],
    ['an acceptance that is gone', [{ what: 'acceptance', status: 201, id: 'b' }], {}, ['acceptance b']],
    ['an acceptance that was not acknowledged', [{ what: 'acceptance', began: 110, ended: 120, status: undefined, id: 'b' }], {}, []],
    ['a link without its event', [{ what: 'link', status: 201, id: 'k', grant: 'g' }], {}, ['link k']],
    [
      '503 while something is upset',
      [
        { began: 90, ended: 110, status: 503 },
        { began: 199, ended: 300, status: undefined },
      ],
      {},
      [],
    ],
    ['503 afterwards', [{ began: 201, ended: 202, status: 503 }], {}, ['answered with 503']],
    ['a connection that broke by itself', [{ status: undefined }], {}, ['answered with nothing']],
    ['500 at any time', [{ began: 150, status: 500 }], {}, ['answered with 500']],
    ['other bytes', [{ what: 'download', wrong: 'other bytes' }], {}, ['other bytes']],
    [
      'a link after the revocation',
      [
        { what: 'revocation', ended: 20, id: 'g' },
        { what: 'link', began: 21, status: 201, id: 'l', grant: 'g' },
      ],
      {},
      ['link at 21 was served under the grant g'],
    ],
    [
      'a download before and one after a second has passed',
      [
        { what: 'revocation', ended: 20, id: 'g' },
        { what: 'download', began: 1000, grant: 'g' },
        { what: 'download', began: 1021, grant: 'g' },
      ],
      {},
      ['download at 1021'],
    ],
    ['a mail that came twice', [], { mails: ['m', 'n', 'm'] }, ['mail m arrived twice']],
    [
      'one event under two ids',
      [],
      {
        webhooks: [
          { id: 'v', content: 'x', at: 1 },
          { id: 'w', content: 'x', at: 2 },
        ],
      },
      ['the webhook x was told under two ids'],
    ],
    [
      'a webhook that came again after a kill, and one without',
      [],
      { webhooks: [150, 160, 5000, 5001].map((at) => ({ id: String(at > 200), content: String(at > 200), at })) },
      ['the webhook true came again'],
    ],
  ])('%s', (_, operations, held, told) => {
    const broken = brokenPromises(operations.map(operation), UPSETS, { ...HELD, ...held });
    expect(broken).toEqual(told.map((words) => expect.stringContaining(words)));
  });
});
