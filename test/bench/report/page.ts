import type { BenchResult } from '../result.ts';
import type { Run } from './kept-runs.ts';
import { figure, times } from './printed.ts';

const preface = `# Benchmarks

Written by \`npm run bench\` from what it measured; changes by hand are lost. Each bench runs both sides in turn in one run
and takes medians. \`npm run bench -- NAME\` measures one again. A bar that was not reached says so.
`;

/** docs/benchmarks.md: all bars at a glance, then each bench with its figures. */
export function benchmarksPage(runs: readonly Run[]): string {
  const rows = runs.flatMap(({ results }) => results.map(row));
  const table = ['| measured | ours | against | ratio | reached |', '|---|---|---|---|---|', ...rows].join('\n');
  return `${preface}\n${table}\n\n${runs.map(section).join('\n')}`;
}

function row({ name, ours, against, ratios, reached }: BenchResult): string {
  const sides = against.map((side) => `${side.label}: ${figure(side)}`).join('<br>') || '(an absolute bar)';
  return `| ${name} | ${figure(ours)} | ${sides} | ${ratios.map(({ ratio }) => times(ratio)).join('<br>')} | ${reached ? 'yes' : '**no**'} |`;
}

function section({ bench, date, load, machine, results }: Run): string {
  const head = `## ${bench}\n\n\`npm run bench -- ${bench}\`, ${date}; ${machine}; load of the machine before ${load[0]}, after ${load[1]}\n`;
  return `${head}\n${results.map(details).join('\n')}`;
}

function details({ name, ours, against, ratios, bar, reached, notes }: BenchResult): string {
  const lines = [
    `${ours.label}: ${figure(ours)}`,
    ...against.map((side, index) => `${side.label}: ${figure(side)}; ratio ${times(ratios[index]?.ratio)}`),
    `Bar: ${bar}. **${reached ? 'Reached' : 'Not reached'}.**`,
    ...notes.map((note) => `Note: ${note}`),
  ];
  return `### ${name}\n\n${lines.map((line) => `- ${line}`).join('\n')}\n`;
}
