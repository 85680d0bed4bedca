import type { ReactNode } from 'react';
import { Moment } from '../../../elements/Moment.js';
import { State } from '../../../elements/State.js';

const MOMENTS = new Set(['at', 'from', 'until', 'endedAt']);
const STATES = new Set(['state', 'outcome']);

/** A value of a row as people read it. */
export function cell(name: string, value: unknown): ReactNode {
  if (value === null || value === undefined) return null;
  if (MOMENTS.has(name)) return <Moment at={String(value)} as="time" />;
  if (STATES.has(name)) return <State of={String(value)} />;
  if (typeof value === 'number') return value.toLocaleString();
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value);
}
