// The rule must refuse the illegal imports of the fixture; a rule that refuses nothing proves nothing.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const fixture = fileURLToPath(new URL('../test/fixtures/architecture/', import.meta.url));
const config = fileURLToPath(new URL('../.dependency-cruiser.cjs', import.meta.url));
const { stdout } = spawnSync(
  'depcruise',
  [
    '--config',
    config,
    '--no-ignore-known',
    '--ts-config',
    fileURLToPath(new URL('../tsconfig.base.json', import.meta.url)),
    '--output-type',
    'json',
    'libs',
  ],
  { cwd: fixture, encoding: 'utf8' },
);
const broken = new Set(JSON.parse(stdout).summary.violations.map(({ rule }) => rule.name));
const missing = ['domain-knows-nothing', 'domain-is-pure'].filter((rule) => !broken.has(rule));
if (missing.length > 0) {
  console.error(`the architecture rule did not refuse the illegal fixture: ${missing.join(', ')}`);
  process.exit(1);
}
console.log('the illegal fixture is refused');
