import { progressOf, type FileFacts } from './progress-of-files.js';

const facts: FileFacts = { release: 'r', path: 'p', size: 100, running: null, parts: 0, whole: false, redirected: false };

test.each<[string, Partial<FileFacts>, number | null, string]>([
  ['a first fetch', { running: 30 }, 30, 'running'],
  ['one that goes on where another broke off', { running: 30, parts: 40 }, 70, 'running'],
  ['one more fetch of what was had already', { running: 30, whole: true }, 30, 'running'],
  ['several connections that fetched a part twice', { running: 60, parts: 60 }, 100, 'running'],
  ['parts that make the whole', { parts: 100 }, 100, 'complete'],
  ['a whole file', { whole: true }, 100, 'complete'],
  ['a part', { parts: 40 }, 40, 'broken-off'],
  ['a store that sends by itself', { redirected: true }, null, 'elsewhere'],
])('%s', (_, known, bytes, state) => expect(progressOf({ ...facts, ...known })).toMatchObject({ bytes, state }));
