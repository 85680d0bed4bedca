import type { Problem, Upload } from '@paddock/contracts';
import { OFFLINE, Refused } from '../../../api/client.js';

/** By XMLHttpRequest, for fetch does not say how much has left. */
export function sendByXhr(url: string, offset: number, body: Blob, onSent: (bytes: number) => void, signal: AbortSignal): Promise<Upload> {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    signal.addEventListener('abort', abort);
    request.open('PATCH', url);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('upload-offset', String(offset));
    request.upload.addEventListener('progress', ({ loaded }) => onSent(loaded));
    request.addEventListener('load', () => {
      if (request.status === 200) done(JSON.parse(request.responseText) as Upload);
      else fail(new Refused(problemOfText(request)));
    });
    for (const end of ['error', 'abort']) request.addEventListener(end, () => fail(new Refused(OFFLINE)));
    request.addEventListener('loadend', () => signal.removeEventListener('abort', abort));
    request.send(body);
  });
}

function problemOfText(request: XMLHttpRequest): Problem {
  const isProblem = request.getResponseHeader('content-type')?.startsWith('application/problem+json');
  return isProblem ? (JSON.parse(request.responseText) as Problem) : { ...OFFLINE, status: request.status };
}
