import type { Clause } from './clause.js';

/** A version of a license, as far as those who pass on what it covers must tell of it. */
export interface AttributedVersion {
  title: string;
  version: number;
  publisher: string;
  /** Of the body. */
  sha256: string;
  url: string;
  body: string;
  /** With the words of the license that each stands for. */
  clauses: readonly (Clause & { words: string })[];
  policies: readonly { title: string; url: string }[];
}

export interface AttributionFile {
  name: string;
  text: string;
}

const RULE = '-'.repeat(72);

/** The file that copies and derivatives must carry, as the clauses of the license version ask it. The same version gives the same bytes. */
export function attributionFile(version: AttributedVersion): AttributionFile {
  const attributions = version.clauses.filter(({ kind }) => kind === 'attribution');
  const notices = attributions.map(({ parameters, words }) => textOf(parameters['notice']) ?? words);
  const text = [
    `Made from what ${version.publisher} distributes under the ${version.title}, version ${version.version}.`,
    ...notices,
    ...attributions.flatMap(({ parameters }) => duties(parameters)),
    `The license: ${version.url}\nSHA-256 of its text: ${version.sha256}`,
    ...policiesOf(version),
    ...licenseOf(version),
  ].join('\n\n');
  return { name: textOf(attributions[0]?.parameters['file']) ?? 'NOTICE', text: `${text}\n` };
}

function duties({ displayed, namePrefix }: Clause['parameters']): string[] {
  return [
    ...(textOf(displayed) ? [`Products that use it must show: ${textOf(displayed)}`] : []),
    ...(textOf(namePrefix) ? [`The names of models that are made from it must begin with: ${textOf(namePrefix)}`] : []),
  ];
}

function policiesOf({ clauses, policies }: AttributedVersion): string[] {
  if (policies.length === 0 || !asks(clauses, 'withPolicies', true)) return [];
  return [`Whoever receives it must keep to:\n${policies.map(({ title, url }) => `- ${title}: ${url}`).join('\n')}`];
}

/** Whole, where those who receive copies or derivatives must receive the license with them. */
function licenseOf({ clauses, title, version, body }: AttributedVersion): string[] {
  return asks(clauses, 'withLicense', false) ? [RULE, `${title}, version ${version}`, body.trim()] : [];
}

/** Whether a clause on passing on asks for it; `unsaid` where such a clause is there and does not say. */
function asks(clauses: AttributedVersion['clauses'], what: 'withLicense' | 'withPolicies', unsaid: boolean): boolean {
  return clauses.some(
    ({ kind, parameters }) => (kind === 'flow-down' || kind === 'redistribution') && (parameters[what] ?? unsaid) === true,
  );
}

const textOf = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? value : undefined);
