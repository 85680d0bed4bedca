import { setTimeout } from 'node:timers/promises';
import { until } from '../support/processes.js';
import type { SeveralProcesses } from '../support/several-processes.js';
import type { Operation, Upset } from './history.js';
import type { Load } from './load.js';

const MEASURE_MS = 10_000;
const TURNS = 3;

/** Operations a second that were answered with less than 500. */
export interface Rates {
  one: number[];
  two: number[];
}

export interface TableRow {
  what: string;
  operations: number;
  answered: number;
  /** 5xx and broken connections; all of them while something was upset. */
  failed: number;
}

/** The load over one `http` process and over two, in turn. */
export async function ratesOfOneAndTwo(its: SeveralProcesses, load: Load): Promise<Rates> {
  const rates: Rates = { one: [], two: [] };
  for (let turn = 0; turn < TURNS; turn += 1) {
    rates.two.push(await rateOf(load));
    await its.parts['http-2'].kill();
    // nginx learns of it by the first that are sent there.
    for (let asked = 0; asked < 8; asked += 1) await fetch(`${its.url}/api/v1/models`).then((answer) => answer.arrayBuffer());
    rates.one.push(await rateOf(load));
    await its.parts['http-2'].start();
    await until('both are there', 60_000, () => fetch(`${its.http[1]}/health/ready`).then(({ status }) => status === 200));
  }
  return rates;
}

async function rateOf(load: Load): Promise<number> {
  const before = load.history.length;
  const began = performance.now();
  load.start();
  await setTimeout(MEASURE_MS);
  await load.stop();
  const answered = load.history.slice(before).filter(({ status }) => status !== undefined && status < 500);
  return (answered.length * 1000) / (performance.now() - began);
}

export function tableOf(
  history: readonly Operation[],
  upsets: readonly Upset[],
): { operations: TableRow[]; upsets: Record<string, number[]> } {
  const kinds = [...new Set(history.map(({ what }) => what))];
  const operations = kinds.map((what) => {
    const all = history.filter((one) => one.what === what);
    const failed = all.filter(({ status }) => status === undefined || status >= 500).length;
    return { what, operations: all.length, answered: all.length - failed, failed };
  });
  const lasted: Record<string, number[]> = {};
  for (const { what, from, until: end } of upsets) (lasted[what] ??= []).push(end - from);
  return { operations, upsets: lasted };
}
