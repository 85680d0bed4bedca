import { Blockquote, List, Stack, Text } from '@mantine/core';
import type { Review } from '@paddock/contracts';
import type { Wire } from '../../../api/wire.js';
import { nameOfCountry } from '../../../elements/countries.js';
import { Moment } from '../../../elements/Moment.js';
import { PageLink } from '../../../elements/PageLink.js';
import { State } from '../../../elements/State.js';
import { PARTS } from '../../../words/staff/parts.js';
import { REVIEW } from '../../../words/staff/review.js';
import { Facts } from '../../../elements/Facts.js';
import { Section } from '../../../elements/Section.js';
import { answerInWords } from '../../access/form/answering.js';

type Shown = Wire<typeof Review>;
const { parts, facts, hints: hinted, history } = REVIEW;
const yes = (is: boolean) => (is ? PARTS.yes : PARTS.no);

/** All that a reviewer needs to decide: what was asked for, what was answered, what was proved and what happened. */
export function RequestDetails({ review }: { review: Shown }) {
  const { request, fields } = review;
  return (
    <Stack gap="lg">
      <RequestFacts review={review} />
      {request.useStatement && (
        <Section title={parts.use} order={3}>
          <Text className="said" size="sm">
            {request.useStatement}
          </Text>
        </Section>
      )}
      <Section title={parts.answers} order={3}>
        {fields.length === 0 ? (
          <Text size="sm" c="dimmed">
            {REVIEW.nothingAsked}
          </Text>
        ) : (
          <Facts of={fields.map((field) => [field.label, answerInWords(field, request.answers[field.id])] as const)} />
        )}
      </Section>
      <Section title={parts.verified} order={3} lead={parts.verifiedLead}>
        <Verified review={review} />
      </Section>
      <Section title={parts.history} order={3}>
        <History review={review} />
      </Section>
    </Stack>
  );
}

function RequestFacts({ review: { request, assignedTo, approvals } }: { review: Shown }) {
  const { licensee } = request;
  const country = licensee.country ? nameOfCountry(licensee.country) : facts.noCountry;
  return (
    <Facts
      of={[
        [facts.state, <State of={request.state}>{REVIEW.states[request.state]!}</State>],
        [
          facts.licensee,
          <>
            {licensee.name ?? PARTS.erased}, {country} ({facts[licensee.kind]}){' '}
            <PageLink to="/licensees/$licensee" params={{ licensee: licensee.id }} size="sm" underline="always">
              {facts.dossier}
            </PageLink>
          </>,
        ],
        [
          facts.kind,
          <>
            {REVIEW.kinds[request.kind] ?? request.kind}{' '}
            {request.kind === 'special-license' && (
              <PageLink to="/legal" search={{ new: 'special', licensee: licensee.id }} size="sm" underline="always">
                {facts.writeSpecial}
              </PageLink>
            )}
          </>,
        ],
        [
          facts.sent,
          <>
            <Moment at={request.submittedAt} as="time" />, {facts.round(request.round)}
          </>,
        ],
        [facts.approvals, facts.approvalsOf(approvals.given, approvals.needed)],
        [facts.assigned, assignedTo ?? PARTS.nobody],
      ]}
    />
  );
}

function Verified({ review: { hints, prerequisites, referee } }: { review: Shown }) {
  return (
    <Facts
      of={[
        [hinted.mailDomain, hints.mailDomain ?? PARTS.none],
        [hinted.institutionalMail, yes(hints.institutionalMail)],
        [hinted.orcid, yes(hints.orcid)],
        [hinted.quiz, yes(hints.quiz)],
        [hinted.earlierGrants, hinted.earlier(hints.earlierGrants, hints.revokedGrants)],
        [hinted.outstandingDeletions, hints.outstandingDeletions],
        [hinted.organizationRequests, hints.organizationRequests],
        ...prerequisites.map(
          ({ kind, state, until }) =>
            [
              hinted.prerequisite(kind),
              <>
                {state} {until && hinted.until} <Moment at={until} />
              </>,
            ] as const,
        ),
        [hinted.referee, referee ? hinted.refereeIs(referee.relation, referee.domain) : PARTS.no],
      ]}
    />
  );
}

function History({ review: { request, decisions } }: { review: Shown }) {
  return (
    <List size="sm" spacing={6}>
      <List.Item>
        {history.created} <Moment at={request.createdAt} as="time" />
      </List.Item>
      {request.submittedAt && (
        <List.Item>
          {history.submitted} <Moment at={request.submittedAt} as="time" />
        </List.Item>
      )}
      {decisions.map(({ outcome, by, reason, round, at }) => (
        <List.Item key={at}>
          {history.outcomes[outcome]} {by === null ? history.rule : history.by(by)}, {history.round(round)}, <Moment at={at} as="time" />
          {reason && (
            <Blockquote p="xs" mt={4} fz="sm" color="gray">
              {reason}
            </Blockquote>
          )}
        </List.Item>
      ))}
      {request.appealUntil && request.state === 'rejected' && (
        <List.Item>
          {history.appealUntil} <Moment at={request.appealUntil} as="time" />
        </List.Item>
      )}
    </List>
  );
}
