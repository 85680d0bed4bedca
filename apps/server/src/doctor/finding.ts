import { ProgramRefusal } from '../program.js';

/** `well`: as it should be. `look`: it works, and somebody should know. `broken`: it does not work until it is mended. */
export type State = 'well' | 'look' | 'broken';

export interface Finding {
  part: string;
  state: State;
  detail: string;
  /** What to do about it. */
  remedy?: string;
}

export const well = (part: string, detail: string): Finding => ({ part, state: 'well', detail });
export const look = (part: string, detail: string, remedy: string): Finding => ({ part, state: 'look', detail, remedy });
export const broken = (part: string, detail: string, remedy: string): Finding => ({ part, state: 'broken', detail, remedy });

/** An embedded PostgreSQL that was killed is started and mended first. */
const PATIENCE_MS = 60_000;

/** What the examination found; a part that fails, or never answers, is broken in its own words. */
export async function examined(part: string, remedy: string, examine: () => Promise<Finding[]>): Promise<Finding[]> {
  const late = Promise.withResolvers<Finding[]>();
  const timer = setTimeout(() => late.resolve([broken(part, `no answer within ${PATIENCE_MS / 1000} s`, remedy)]), PATIENCE_MS);
  try {
    return await Promise.race([examine(), late.promise]);
  } catch (error) {
    return [
      error instanceof ProgramRefusal
        ? broken(part, error.detail, error.remedy)
        : broken(part, (error as Error).message || String(error), remedy),
    ];
  } finally {
    clearTimeout(timer);
  }
}
