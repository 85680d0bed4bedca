import type { Me } from '@paddock/contracts';
import { Refused } from './client.js';
import { useAnswer } from './hooks.js';
import type { z } from 'zod';

export type Person = Extract<z.output<typeof Me>, { roles: unknown }>;

/** The shell says when nobody is signed in, so that visitors' pages ask nothing that would be refused. */
const visiting = document.querySelector<HTMLMetaElement>('meta[name=caller]')?.content === 'anonymous';

/** Whoever is signed in; `null` for a visitor, undefined while that is not known yet. Signing in loads a new shell. */
export function usePerson(): Person | null | undefined {
  const { data, error } = useAnswer<Person>(visiting ? null : '/me');
  if (visiting) return null;
  if (error instanceof Refused) return error.problem.status === 401 ? null : undefined;
  return data;
}

export type StaffRole = Person['roles'][number]['role'];

/** An administrator holds every staff power. */
export const holds = (person: Person | null | undefined, ...wanted: StaffRole[]): boolean =>
  person?.roles.some(({ role }) => role === 'admin' || wanted.includes(role)) ?? false;
