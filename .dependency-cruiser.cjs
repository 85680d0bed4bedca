/** The architecture rule: which room may know which. The arrows are those of docs/architecture.md; there are no others. */
const KNOWS = {
  domain: [],
  ledger: [],
  contracts: ['domain'],
  storage: ['domain'],
  delivery: ['domain', 'storage'],
  capture: ['domain'],
};
const LIBS = Object.keys(KNOWS);
const PURE = ['domain', 'ledger', 'contracts'];

/** Features of the server, in the order in which they may know one another; before them the ground floor. */
const GROUND = ['database', 'telemetry', 'http', 'keyring', 'jobs', 'mail'];
const FEATURES = [
  'ledger',
  'accounts',
  'organizations',
  'policies',
  'catalog',
  'licenses',
  'prerequisites',
  'grants',
  'access-requests',
  'webhooks',
  'delivery',
  'tracker',
  'seeder',
  'registry',
  'evidence',
  'privacy',
  'dossier',
  'audit',
  'rotation',
  'pages',
  'demo',
  'backup',
  'doctor',
];
const SERVER = '^apps/server/src/';
const TESTS = '\\.test\\.ts$|^test/';

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    ...LIBS.map((lib) => ({
      name: `${lib}-knows-${KNOWS[lib].join('-and-') || 'nothing'}`,
      severity: 'error',
      from: { path: `^libs/${lib}/`, pathNot: TESTS },
      to: { path: '^(libs|apps|migrations|test)/', pathNot: [lib, ...KNOWS[lib]].map((known) => `^libs/${known}/`) },
    })),
    ...PURE.map((lib) => ({
      name: `${lib}-is-pure`,
      comment: 'No I/O, no framework, no clock: time and randomness are arguments.',
      severity: 'error',
      from: { path: `^libs/${lib}/`, pathNot: TESTS },
      to: { dependencyTypes: ['core'] },
    })),
    {
      name: 'adapters-know-no-framework',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^node_modules/(@nestjs|typeorm|fastify|pg)(/|$)' },
    },
    { name: 'apps-know-no-app', severity: 'error', from: { path: '^apps/([^/]+)/' }, to: { path: '^apps/', pathNot: '^apps/$1/' } },
    {
      name: 'cli-and-web-know-pure-libs',
      severity: 'error',
      from: { path: '^apps/(cli|web)/', pathNot: TESTS },
      to: { path: '^(libs|migrations)/', pathNot: '^libs/(domain|contracts|ledger)/' },
    },
    {
      name: 'runtime-knows-no-room',
      severity: 'error',
      from: { path: '^apps/runtime/', pathNot: TESTS },
      to: { path: '^(libs|migrations|infra|test)/' },
    },
    { name: 'web-runs-in-a-browser', severity: 'error', from: { path: '^apps/web/src/' }, to: { dependencyTypes: ['core'] } },
    {
      name: 'ground-floor-knows-no-feature',
      severity: 'error',
      from: { path: `${SERVER}(${GROUND.join('|')})/` },
      to: { path: `${SERVER}(${FEATURES.join('|')})/` },
    },
    ...FEATURES.slice(0, -1).map((feature, index) => ({
      name: `${feature}-knows-only-features-before-it`,
      severity: 'error',
      from: { path: `${SERVER}${feature}/` },
      to: { path: `${SERVER}(${FEATURES.slice(index + 1).join('|')})/` },
    })),
    {
      name: 'config-alone-reads-the-environment',
      comment: 'config.ts is imported for its types; main.ts and the programs beside it alone call it.',
      severity: 'error',
      from: {
        path: SERVER,
        pathNot: [
          '^apps/server/src/(main|portal|config|program|ledger-check|ledger-recover|keys-program|backup-program|restore-program|doctor-program|migrate-program)\\.ts$',
          TESTS,
        ],
      },
      to: { path: '^apps/server/src/config\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    { name: 'no-unlisted-package', severity: 'error', from: { pathNot: TESTS }, to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    combinedDependencies: true,
    exclude: { path: '/dist/|/fixtures/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node'], extensions: ['.ts', '.tsx', '.js'] },
  },
};
