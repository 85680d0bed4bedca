import { Upload } from '../catalog.js';
import { listOf, Paging } from '../fields.js';
import * as runtimes from '../runtimes.js';
import { get, post, RELEASE, remove, type Operation } from './operation.js';

const RUNTIME = '/api/v1/runtimes/{publisher}/{name}';

/** Runtime images, what releases were verified with, and how to run them. */
export const RUNTIME_OPERATIONS: readonly Operation[] = [
  get('/api/v1/runtimes', 'Runtime images with their tags', 'anyone', listOf(runtimes.Runtime), Paging),
  get(RUNTIME, 'A runtime with its tags', 'anyone', runtimes.Runtime),
  {
    method: 'put',
    path: RUNTIME,
    summary: 'Create a runtime, or say who may pull it',
    allow: 'publish',
    status: 200,
    body: runtimes.PutRuntime,
    answer: runtimes.Runtime,
  },
  post(`${RUNTIME}/blobs`, 'Open the upload of a blob, or find it', 'publish', runtimes.OpenBlob, Upload, 200),
  get(`${RUNTIME}/blobs/{id}`, 'How far the upload of a blob has come', 'publish', Upload),
  {
    method: 'patch',
    path: `${RUNTIME}/blobs/{id}`,
    summary: 'Send the rest of a blob (application/octet-stream) from Upload-Offset',
    allow: 'publish',
    status: 200,
    answer: Upload,
  },
  {
    method: 'put',
    path: `${RUNTIME}/manifests/{digest}`,
    summary: 'Put a manifest (application/octet-stream) whose blobs are there, and tag it',
    allow: 'publish',
    status: 200,
    query: runtimes.PutManifest,
    answer: runtimes.ManifestPut,
  },
  remove(`${RUNTIME}/manifests/{digest}`, 'Delete a manifest with its tags', 'publish'),
  remove(`${RUNTIME}/tags/{tag}`, 'Delete a tag', 'publish'),
  get(`${RELEASE}/instructions`, 'How to run the release, by exact digests', 'anyone', runtimes.Instructions),
  post(`${RELEASE}/verifications`, 'Record that an image ran the release', 'publish', runtimes.RecordVerification, runtimes.Verification),
];
