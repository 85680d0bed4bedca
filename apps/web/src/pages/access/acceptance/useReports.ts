import type { ReportObservations } from '@paddock/contracts';
import { useEffect, useRef } from 'react';
import { call } from '../../../api/client.js';

type Observation = ReportObservations['observations'][number];

const MOST_AT_ONCE = 100;
const EVERY = 5000;

/** Gathers what the person does with a presentation and sends it now and then; `all` sends what is left before the answer. */
export function useReports(presentation: string) {
  const waiting = useRef<Observation[]>([]);
  const send = async () => {
    const observations = waiting.current.splice(0, MOST_AT_ONCE);
    if (observations.length === 0) return;
    // What cannot be reported is not needed for accepting.
    await call('POST', `/presentations/${presentation}/observations`, { body: { observations } }).catch(() => undefined);
  };
  useEffect(() => {
    const timer = setInterval(() => void send(), EVERY);
    return () => clearInterval(timer);
  }, [presentation]);
  return {
    report: (kind: Observation['kind'], subject: string) => void waiting.current.push({ kind, subject, at: new Date().toISOString() }),
    all: send,
  };
}

export type Report = ReturnType<typeof useReports>['report'];
