import lighthouse from 'lighthouse';
import { chromium } from 'playwright-core';
import { print } from './result.ts';
import type { BenchResult } from './result.ts';
import { seedAcceptances } from '../support/many-acceptances.ts';
import { startPortal } from '../stage/portal.ts';
import { startPostgres } from './support/postgres.ts';
import { median } from './support/rounds.ts';
import { onStage } from '../stage/stage.ts';
import { Visitor } from '../stage/visitor.ts';

const rounds = 5;
/** Acceptances for the audit to show. */
const audited = 10_000;
const port = 9333;
const bar = { performance: 95, quality: 100 };
/** What the performance score is made of, by Lighthouse's names. */
const METRICS = ['first-contentful-paint', 'largest-contentful-paint', 'speed-index', 'total-blocking-time', 'cumulative-layout-shift'];

interface Place {
  name: string;
  path: string;
  /** The cookie of whoever looks at it. */
  cookie?: string;
}

/** Lighthouse on four pages, each as it is served to whoever uses it: performance by simulated throttling of a laptop. */
async function run(): Promise<BenchResult[]> {
  return onStage(async (stage) => {
    const { ownerUrl, serverUrl } = await startPostgres(stage);
    const { url, admin } = await startPortal(stage, { env: { PADDOCK_DATABASE_URL: serverUrl, PADDOCK_DATABASE_OWNER_URL: ownerUrl } });
    await seedAcceptances(ownerUrl, audited);
    await new Visitor(url).post('/accounts', { email: 'ada@example.org', password: 'a-long-enough-password', name: 'Ada Lovelace' });
    const ada = await new Visitor(url).signIn('ada@example.org', 'a-long-enough-password');
    const browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', `--remote-debugging-port=${port}`],
    });
    stage.undo(() => browser.close());
    const places: Place[] = [
      { name: 'catalog', path: '/' },
      { name: 'model', path: '/models/demo-llama' },
      { name: 'acceptance', path: '/models/demo-llama-assent/accept', cookie: ada.cookie },
      { name: 'audit', path: '/audit/acceptances', cookie: admin.cookie },
    ];
    const results: BenchResult[] = [];
    for (const place of places) results.push(await judge(url, place));
    return results;
  });
}

async function judge(url: string, { name, path, cookie }: Place): Promise<BenchResult> {
  const scores: Record<string, number[]> = {};
  const metrics: Record<string, number[]> = {};
  const machine: number[] = [];
  const faults = new Set<string>();
  for (let round = 0; round < rounds; round += 1) {
    const { lhr } = (await lighthouse(url + path, {
      port,
      output: 'json',
      logLevel: 'silent',
      formFactor: 'desktop',
      screenEmulation: { mobile: false, width: 1350, height: 940, deviceScaleFactor: 1, disabled: false },
      throttling: {
        rttMs: 40,
        throughputKbps: 10_240,
        cpuSlowdownMultiplier: 1,
        requestLatencyMs: 0,
        downloadThroughputKbps: 0,
        uploadThroughputKbps: 0,
      },
      onlyCategories: ['performance', 'accessibility', 'best-practices'],
      ...(cookie && { extraHeaders: { cookie } }),
    }))!;
    machine.push(lhr.environment.benchmarkIndex);
    for (const id of METRICS) (metrics[id] ??= []).push(lhr.audits[id]!.numericValue ?? NaN);
    for (const [id, { score, auditRefs }] of Object.entries(lhr.categories)) {
      (scores[id] ??= []).push((score ?? 0) * 100);
      if (id === 'performance') continue;
      for (const { id: audit, weight } of auditRefs) if (weight > 0 && lhr.audits[audit]!.score === 0) faults.add(audit);
    }
  }
  const of = (id: string) => median(scores[id]!);
  const [performance, accessibility, practices] = [of('performance'), of('accessibility'), of('best-practices')];
  return {
    name: `Lighthouse on the page “${name}”`,
    ours: { label: 'performance', value: performance, unit: 'of 100' },
    against: [],
    ratios: [],
    bar: `performance at least ${bar.performance}, accessibility and best practices ${bar.quality}`,
    reached: performance >= bar.performance && accessibility === bar.quality && practices === bar.quality,
    notes: [
      `accessibility ${accessibility}, best practices ${practices}${faults.size > 0 ? ` (${[...faults].join(', ')})` : ''}`,
      METRICS.map((id) => `${id.replaceAll('-', ' ')} ${shown(id, median(metrics[id]!.filter(Number.isFinite)))}`).join(', '),
      `medians of ${rounds}; desktop, with Lighthouse’s simulated 40 ms and 10 Mbit/s; portal and Chromium share the machine`,
      `Lighthouse’s own measure of the machine meanwhile: ${Math.round(median(machine))} (desktops have 1,000 and more)`,
    ],
  };
}

function shown(metric: string, value: number): string {
  return metric === 'cumulative-layout-shift' ? value.toFixed(3) : `${Math.round(value)} ms`;
}

print(await run());
