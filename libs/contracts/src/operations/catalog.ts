import * as catalog from '../catalog.js';
import { listOf, Paging } from '../fields.js';
import { get, post, RELEASE, type Operation } from './operation.js';

/** Publishers, models, releases and uploads. */
export const CATALOG_OPERATIONS: readonly Operation[] = [
  get('/api/v1/models', 'The catalog', 'anyone', listOf(catalog.ModelListed), Paging),
  get('/api/v1/models/{model}', 'A model with its releases', 'anyone', catalog.Model),
  get(RELEASE, 'A release with its files and their digests', 'anyone', catalog.Release),
  {
    method: 'get',
    path: `${RELEASE}/readable`,
    summary: 'A text of a release that is open to everyone, such as its model card (Markdown or plain text)',
    allow: 'anyone',
    status: 200,
    query: catalog.ReadableAsked,
  },
  get('/api/v1/publishers', 'Every publisher', 'anyone', listOf(catalog.PublisherListed), Paging),
  post('/api/v1/publishers', 'Create a publisher', 'person', catalog.CreatePublisher, catalog.PublisherCreated),
  post('/api/v1/models', 'Create a model', 'publish', catalog.CreateModel, catalog.Model),
  post('/api/v1/models/{model}/releases', 'Create a release as a draft', 'publish', catalog.CreateRelease, catalog.Release),
  post(
    `${RELEASE}/publish`,
    'Publish a draft: its files are fixed for ever',
    'publish',
    catalog.ReleaseCommand.optional(),
    catalog.Release,
    200,
  ),
  post(
    `${RELEASE}/withdraw`,
    'Withdraw a release, naming the reason and a replacement',
    'publish',
    catalog.ReleaseCommand,
    catalog.Release,
    200,
  ),
  post(`${RELEASE}/reinstate`, 'Open a withdrawn release again', 'publish', catalog.ReleaseCommand, catalog.Release, 200),
  post(
    `${RELEASE}/uploads`,
    'Open the upload of a file, or find the one that was begun',
    'publish',
    catalog.OpenUpload,
    catalog.Upload,
    200,
  ),
  get(`${RELEASE}/uploads`, 'Uploads that were begun and are not complete', 'publish', listOf(catalog.Upload)),
  get(`${RELEASE}/uploads/{id}`, 'How far an upload has come', 'publish', catalog.Upload),
  {
    method: 'patch',
    path: `${RELEASE}/uploads/{id}`,
    summary: 'Send the rest of a file (application/octet-stream) from Upload-Offset',
    allow: 'publish',
    status: 200,
    answer: catalog.Upload,
  },
];
