import type { Person } from './person.js';

/** Somebody who has read an agreement and is about to accept it, as often as it takes. */
export interface Accepting {
  person: Person;
  body: { presentation: string; typedName: string; attestations: Record<string, boolean>; assented: true };
  /** What was answered with 2xx. */
  acknowledged?: string;
}

export async function presented(person: Person): Promise<Accepting> {
  const { body } = await person.post<{ id: string; assent: { attestations: { id: string }[] } }>('/presentations', {
    model: 'demo-llama-assent',
  });
  const attestations = Object.fromEntries(body.assent.attestations.map(({ id }) => [id, true]));
  return { person, body: { presentation: body.id, typedName: 'Ada Lovelace', attestations, assented: true } };
}

/** Remembers what was acknowledged; a connection that broke says nothing. */
export async function accept(one: Accepting): Promise<void> {
  const answer = await one.person.post<{ id: string }>('/acceptances', one.body).catch(() => undefined);
  if (answer?.status === 201) one.acknowledged = answer.body.id;
}
