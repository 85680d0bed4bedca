// Prints docs/generated from the tables of the code. With --check it writes nothing and fails when a document is stale.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { environment, SECRETS } from '../apps/server/dist/config.js';
import { OPERATIONS, PROBLEM_STATUS } from '../libs/contracts/dist/index.js';
import {
  CHANNEL_RECALL,
  CHANNELS,
  CLAUSE_KINDS,
  FIELD_KINDS,
  GRANT_COMMANDS,
  isFinal,
  OPERATORS,
  REFUSALS,
  RELEASE_COMMANDS,
  REQUEST_STATES,
  TRANSITIONS,
  TRUST_FACTS,
} from '../libs/domain/dist/index.js';

const folder = new URL('../docs/generated/', import.meta.url);
const check = process.argv.includes('--check');

const documents = {
  'access-requests.md': `# Access requests

Printed from \`libs/domain/src/access-request/states.ts\`.

${table(
  ['command', 'from', 'to', 'who', 'reason', 'meaning'],
  Object.entries(TRANSITIONS).map(([name, rule]) => [
    code(name),
    rule.from.join(', '),
    rule.to,
    rule.by.join(', '),
    rule.reason,
    rule.meaning,
  ]),
)}

Final states: ${REQUEST_STATES.filter(isFinal).join(', ')}.

## What a form can ask

${table(
  ['kind', 'meaning'],
  Object.entries(FIELD_KINDS).map(([kind, meaning]) => [code(kind), meaning]),
)}

## What rules can look at

Answers by \`answers.ID\`, and what was verified of the applicant:

${table(
  ['fact', 'meaning'],
  Object.entries(TRUST_FACTS).map(([fact, meaning]) => [code(`trust.${fact}`), meaning]),
)}

${table(
  ['`is`', 'holds when the fact'],
  Object.entries(OPERATORS).map(([operator, meaning]) => [code(operator), meaning]),
)}

Conditions are joined by \`all\`, \`any\` and \`not\`. The first rule that holds decides; one that cannot be evaluated sends the request to a person.
`,
  'states.md': `# States of grants and releases, clauses and channels

Printed from \`libs/domain\`.

## Grant commands

${table(
  ['command', 'from', 'meaning'],
  Object.entries(GRANT_COMMANDS).map(([name, rule]) => [code(name), rule.from.join(', '), rule.meaning]),
)}

## Release commands

${table(
  ['command', 'from', 'to', 'meaning'],
  Object.entries(RELEASE_COMMANDS).map(([name, rule]) => [code(name), rule.from, rule.to, rule.meaning]),
)}

## Clauses that rules act on

${table(
  ['kind', 'meaning'],
  Object.entries(CLAUSE_KINDS).map(([kind, meaning]) => [code(kind), meaning]),
)}

## Channels, and how what was handed out is taken back

${table(
  ['channel', 'recall'],
  CHANNELS.map((channel) => [code(channel), CHANNEL_RECALL[channel]]),
)}
`,
  'refusals.md': `# Refusals

Printed from \`libs/domain/src/refusal.ts\` and \`libs/contracts/src/problems.ts\`. Codes are stable; wording may improve.

${table(
  ['code', 'status', 'title', 'remedy'],
  Object.entries(REFUSALS).map(([name, refusal]) => [code(name), PROBLEM_STATUS[name], refusal.title, refusal.remedy]),
)}
`,
  'environment.md': `# Environment variables

Printed from \`apps/server/src/config.ts\`. Secrets may also be given as a file: \`NAME_FILE\`.

${table(
  ['variable', 'default', 'secret', 'meaning'],
  Object.entries(environment.shape).map(([name, schema]) => [
    code(name),
    defaultOf(schema),
    SECRETS.includes(name) ? 'yes' : '',
    schema.description ?? '',
  ]),
)}
`,
  'api.md': `# API

Printed from \`libs/contracts/src/operations.ts\`; the schemas are in \`/api/openapi.json\` of a running portal.

${table(
  ['method', 'path', 'allows', 'what it does'],
  OPERATIONS.map(({ method, path, allow, summary }) => [method.toUpperCase(), code(path), allow, summary]),
)}
`,
};

mkdirSync(folder, { recursive: true });
const stale = Object.entries(documents).filter(([name, text]) => read(name) !== text);
if (!check) for (const [name, text] of stale) writeFileSync(new URL(name, folder), text);
for (const [name] of stale) console.log(`docs/generated/${name}: ${check ? 'stale; run npm run docs' : 'written'}`);
if (stale.length === 0) console.log('docs/generated is up to date');
process.exit(check && stale.length > 0 ? 1 : 0);

function read(name) {
  try {
    return readFileSync(new URL(name, folder), 'utf8');
  } catch {
    return undefined;
  }
}

function table(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function code(text) {
  return `\`${text}\``;
}

function defaultOf(schema) {
  const parsed = schema.safeParse(undefined);
  return parsed.success && parsed.data !== undefined ? code(parsed.data) : '';
}
