import type { ReportObservations } from '@paddock/contracts';
import { useEffect, useRef } from 'react';
import { call } from '../../../api/client.js';

type Observation = ReportObservations['observations'][number];

const MOST_AT_ONCE = 100;
const EVERY = 5000;

/** Gathers what the person does with a presentation and sends it now and then; `all` sends what is left, before the answer. */
export function useReports(presentation: string) {
  const waiting = useRef<Observation[]>([]);
  const send = async () => {
    const observations = waiting.current.splice(0, MOST_AT_ONCE);
    // What cannot be reported is not needed for accepting.
    await call('POST', `/presentations/${presentation}/observations`, { body: { observations } }).catch(() => undefined);
  };
  const all = async () => {
    while (waiting.current.length > 0) await send();
  };
  useEffect(() => {
    const timer = setInterval(() => void all(), EVERY);
    return () => {
      clearInterval(timer);
      // What was seen of one presentation is not told of the next.
      void all();
    };
  }, [presentation]);
  return {
    report: (kind: Observation['kind'], subject: string) => void waiting.current.push({ kind, subject, at: new Date().toISOString() }),
    all,
  };
}

export type Report = ReturnType<typeof useReports>['report'];
