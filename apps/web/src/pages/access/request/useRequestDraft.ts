import type { Problem } from '@paddock/contracts';
import { faultsOf, type AnswerFault, type FormField } from '@paddock/domain';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Refused } from '../../../api/client.js';
import { useKept } from '../../../elements/useKept.js';
import { answersFrom, type Held } from '../form/answering.js';
import { licenseeOf, type LicenseeHeld } from '../form/LicenseeChoice.js';
import { Draft, type Asked, type Request, type Said } from './draft.js';

const PAUSE = 800;

/** What the controls hold. */
export interface Written {
  held: Record<string, Held>;
  licensee: LicenseeHeld;
  /** Of a renewal: what was done with the weights so far. */
  statement: string;
}

export type Saving = { is: 'untouched' | 'no-licensee' | 'changed' | 'saving' | 'not-saved' } | { is: 'saved'; at: number };

interface Input {
  asked: Asked;
  /** What was kept before, by the server. */
  request: Request | undefined;
  begun: Written;
  fields: readonly FormField[];
  /** Names what this browser keeps of it while the server has not. */
  keptAs: string;
  /** The publisher may have put another form in force. */
  readFormAgain: () => Promise<unknown>;
}

/** A request while it is written: kept in this browser with each key, and by the server soon after. */
export function useRequestDraft({ asked, request: given, begun, fields, keptAs, readFormAgain }: Input) {
  const [draft] = useState(() => new Draft(asked, given));
  const [kept, keep] = useKept<Written>(keptAs, 'browser');
  const [written, setWritten] = useState<Written>(kept ?? begun);
  const [request, setRequest] = useState(given);
  const [saving, setSaving] = useState<Saving>({ is: kept ? 'changed' : 'untouched' });
  const [faults, setFaults] = useState<AnswerFault[]>([]);
  const [refused, setRefused] = useState<Problem>();
  const latest = useRef({ written, fields });
  latest.current = { written, fields };
  const timer = useRef<number>(undefined);

  const said = (): Said => {
    const { written: now, fields: those } = latest.current;
    return { answers: answersFrom(those, now.held), ...(now.statement.trim() && { useStatement: now.statement }) };
  };
  const licensee = () => licenseeOf(latest.current.written.licensee);

  /** Whatever was refused is shown; false says that there is something to show. */
  const attempt = async (work: () => Promise<void>): Promise<boolean> => {
    setRefused(undefined);
    try {
      await draft.inTurn(work);
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setSaving({ is: 'not-saved' });
      if (error.problem.code === 'answers-unfit' || error.problem.code === 'form-outdated') await readFormAgain();
      const told = Array.isArray(error.problem['faults']) ? (error.problem['faults'] as AnswerFault[]) : [];
      if (error.problem.code === 'answers-unfit') setFaults(told);
      else setRefused(error.problem);
      return false;
    }
  };

  const save = useCallback(
    () =>
      attempt(async () => {
        if (!draft.request && !licensee()) return setSaving({ is: 'no-licensee' });
        const now = latest.current.written;
        setSaving({ is: 'saving' });
        const found = await draft.keep(said(), licensee());
        setRequest(draft.request);
        setFaults(found);
        // What does not fit yet, and what was typed meanwhile, this browser goes on keeping.
        if (found.length === 0 && now === latest.current.written) keep(null);
        setSaving({ is: 'saved', at: Date.now() });
      }),
    [],
  );

  const later = useCallback(() => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => void save(), PAUSE);
  }, [save]);
  useEffect(() => {
    if (kept) later();
    return () => window.clearTimeout(timer.current);
  }, []);

  return {
    written,
    request,
    saving,
    faults,
    refused,
    change(next: Written, changed?: string) {
      latest.current.written = next;
      setWritten(next);
      keep(next);
      setFaults((now) => now.filter(({ field }) => field !== changed));
      setSaving({ is: 'changed' });
      later();
    },
    /** What keeps it from being sent; also shown at the questions. */
    missing(): AnswerFault[] {
      const found = faultsOf(fields, said().answers, 'complete');
      setFaults(found);
      return found;
    },
    save() {
      window.clearTimeout(timer.current);
      return save();
    },
    /** Undefined where it was refused. */
    async send(): Promise<Request | undefined> {
      window.clearTimeout(timer.current);
      let sent: Request | undefined;
      await attempt(async () => {
        await draft.put(said(), licensee());
        setRequest(draft.request);
        sent = await draft.submit();
        keep(null);
      });
      return sent;
    },
    /** A draft is for one licensee: another one is another draft, with the same answers. */
    async askForAnother() {
      await attempt(async () => {
        await draft.withdraw();
        setRequest(undefined);
        keep(latest.current.written);
        setSaving({ is: 'no-licensee' });
      });
    },
  };
}

export type RequestDraft = ReturnType<typeof useRequestDraft>;
