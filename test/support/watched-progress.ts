import type { Person } from './person.js';

export interface WatchedFile {
  path: string;
  size: number;
  bytes: number | null;
  state: string;
}

/** Reads the progress of a grant's downloads as a browser does; `files` is what the last event told. */
export async function watchProgress(person: Person, grant: string) {
  const cookie = [...person.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const stopped = new AbortController();
  const answer = await fetch(`${person.portal}/api/v1/grants/${grant}/progress`, { headers: { cookie }, signal: stopped.signal });
  const watched = { answer, files: [] as WatchedFile[], ended: false, stop: () => stopped.abort() };
  void (async () => {
    let text = '';
    try {
      for await (const piece of answer.body!.pipeThrough(new TextDecoderStream())) {
        text += piece;
        const data = [...text.matchAll(/^event: progress\ndata: (.*)\n\n/gm)].at(-1)?.[1];
        if (data) watched.files = (JSON.parse(data) as { items: WatchedFile[] }).items;
      }
    } catch {
      // Stopped by the test.
    }
    watched.ended = true;
  })();
  return watched;
}
