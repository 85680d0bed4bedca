// Prints docs/generated from the tables of the code. With --check it writes nothing and fails when a document is stale.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { environment, SECRETS } from '../apps/server/dist/config.js';
import { OPERATIONS, PROBLEM_STATUS } from '../libs/contracts/dist/index.js';
import {
  CHANNEL_RECALL,
  CHANNELS,
  CLAUSE_KINDS,
  DELIVERY_COMMANDS,
  ENDPOINT_COMMANDS,
  ERASURE_PARTS,
  ERASURE_STATES,
  FIELD_KINDS,
  GRANT_COMMANDS,
  isFinal,
  MAIL_COMMANDS,
  MAIL_STATES,
  OPERATORS,
  PREREQUISITES,
  REFUSALS,
  RELEASE_COMMANDS,
  REMINDERS,
  REQUEST_STATES,
  RETENTION_KINDS,
  TRANSITIONS,
  TRUST_FACTS,
  WEBHOOK_DELAYS,
  WEBHOOK_TYPES,
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

## What access terms can ask of a person

Each with an expiry of its own (\`validDays\`) or none.

${table(
  ['kind', 'meaning', 'remedy', 'judged by'],
  Object.entries(PREREQUISITES).map(([kind, { meaning, remedy, lasting }]) => [
    code(kind),
    meaning,
    remedy,
    lasting ? 'what is there now; with an expiry also when it was last proved' : 'evidence of this model',
  ]),
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

## What licensees are reminded of

${table(
  ['reminder', 'days before', 'meaning'],
  REMINDERS.map(({ kind, daysBefore, meaning }) => [code(kind), daysBefore, meaning]),
)}

## Release commands

${table(
  ['command', 'from', 'to', 'meaning'],
  Object.entries(RELEASE_COMMANDS).map(([name, rule]) => [code(name), rule.from, rule.to, rule.meaning]),
)}

## Clauses that rules act on

${table(
  ['kind', 'meaning', 'whom it speaks against'],
  Object.entries(CLAUSE_KINDS).map(([kind, { meaning, otherwise }]) => [code(kind), meaning, otherwise ?? 'not judged: it binds']),
)}

## Channels, and how what was handed out is taken back

${table(
  ['channel', 'recall'],
  CHANNELS.map((channel) => [code(channel), CHANNEL_RECALL[channel]]),
)}
`,
  'privacy.md': `# Erasure and retention

Printed from \`libs/domain/src/privacy\`. Decision 0030 says why.

## States of an erasure

${table(
  ['state', 'meaning'],
  Object.entries(ERASURE_STATES).map(([state, meaning]) => [code(state), meaning]),
)}

## What it ends

${table(
  ['part', 'meaning'],
  Object.entries(ERASURE_PARTS).map(([part, meaning]) => [code(part), meaning]),
)}

## What is kept for how long

Days are those where nobody has set another rule.

${table(
  ['kind', 'days', 'set by', 'meaning'],
  Object.entries(RETENTION_KINDS).map(([kind, { days, perPublisher, meaning }]) => [
    code(kind),
    days,
    perPublisher ? 'administrators, and publishers for their own' : 'administrators',
    meaning,
  ]),
)}
`,
  'mail.md': `# States of mail

Printed from \`libs/domain/src/mail/mail-states.ts\`. Decision 0011 says why \`unconfirmed\` exists.

${table(
  ['state', 'meaning'],
  Object.entries(MAIL_STATES).map(([state, meaning]) => [code(state), meaning]),
)}

## Commands of administrators

${table(
  ['command', 'from', 'meaning'],
  Object.entries(MAIL_COMMANDS).map(([name, rule]) => [code(name), rule.from.join(', '), rule.meaning]),
)}
`,
  'webhooks.md': `# Webhooks

Printed from \`libs/domain/src/webhook\`. Messages are signed as [Standard Webhooks](https://www.standardwebhooks.com) says; check them with
one of its libraries and the secret that was shown once. A message may come twice: drop what has a \`webhook-id\` that you have seen.
Messages about one request or grant come in order. The payload is \`{type, timestamp, data}\`; \`data\` names the request or grant, the
model, and states. It holds nobody's name, answers or words: ask the API for what you may read.

## Events

${table(
  ['kind', 'type', 'meaning'],
  Object.entries(WEBHOOK_TYPES).map(([kind, { type, meaning }]) => [code(kind), code(type), meaning]),
)}

## Attempts

A 2xx within 15 s counts as received. Otherwise it is tried again after ${WEBHOOK_DELAYS.join(', ')} seconds (a tenth more or less),
then given up. 410 pauses the webhook. Redirects are not followed.

## Commands

${table(
  ['command', 'on', 'from', 'to', 'meaning'],
  [
    ...Object.entries(ENDPOINT_COMMANDS).map(([name, rule]) => [code(name), 'webhook', rule.from.join(', '), rule.to, rule.meaning]),
    ...Object.entries(DELIVERY_COMMANDS).map(([name, rule]) => [code(name), 'delivery', rule.from.join(', '), rule.to, rule.meaning]),
  ],
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
