import { Visitor } from '../../stage/visitor.ts';

const password = 'a-long-enough-password';

/** Somebody new who accepts a model's license, and the grant that they get. */
export async function newLicensee(portal: string, model: string, number: number): Promise<{ person: Visitor; grant: string }> {
  const email = `licensee-${number}@example.org`;
  const person = new Visitor(portal);
  await person.post('/accounts', { email, password, name: 'Ada Lovelace' });
  await person.signIn(email, password);
  return { person, grant: await person.accept(model) };
}

/** The .torrent that a grant opens. */
export async function torrentOf(person: Visitor, grant: string, release = 'r1'): Promise<Buffer> {
  const { torrent } = await person.post<{ torrent: string }>(`/grants/${grant}/links`, { release, channel: 'torrent' });
  return Buffer.from(await (await fetch(torrent)).arrayBuffer());
}
