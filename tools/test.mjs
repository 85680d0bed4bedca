// Runs every test on a real PostgreSQL and closes with one plain line of counts.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';

const results = '.stamps/jest.json';
mkdirSync('.stamps', { recursive: true });
rmSync(results, { force: true });
const args = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
  '--json',
  `--outputFile=${results}`,
  ...process.argv.slice(2),
];
// With --json jest prints the whole report on standard output too; what people read comes on standard error.
const jest = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
process.once('disconnect', () => jest.kill('SIGTERM'));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => jest.kill(signal));

const code = await new Promise((resolve) => jest.once('exit', (status, signal) => resolve(status ?? (signal ? 130 : 1))));
let report;
try {
  report = JSON.parse(readFileSync(results, 'utf8'));
} catch {
  process.exit(code || 1);
}
// A suite that could not even be loaded has no test that could fail, yet is a failure.
const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
const skipped = report.numPendingTests + report.numTodoTests;
console.log(`${report.numPassedTests} passed, ${failed} failed, ${skipped} skipped`);
process.exit(code || (failed > 0 || (process.env.CI === 'true' && skipped > 0) ? 1 : 0));
