import { Text, Timeline } from '@mantine/core';
import { AWAITING_STATES } from '@paddock/domain';
import { Moment } from '../../../elements/Moment.js';
import { ACCESS } from '../../../words/access.js';
import type { Request } from '../request/draft.js';

const { status: said } = ACCESS;

interface Step {
  what: string;
  at?: string;
  words?: string | null;
}

/** What has happened to a request, the latest last, and what is awaited. Reasons are people's words: shown as text. */
export function History({ request }: { request: Request }) {
  const done = stepsOf(request);
  const awaited = AWAITING_STATES.includes(request.state) || request.state === 'returned' || request.state === 'draft';
  const steps = awaited ? [...done, { what: said.awaited[request.state] ?? '', words: said.states[request.state].next }] : done;
  return (
    <Timeline active={done.length - 1} bulletSize={14} lineWidth={2}>
      {steps.map(({ what, at, words: why }, index) => (
        <Timeline.Item key={`${what} ${at}`} title={what} lineVariant={index === done.length - 1 ? 'dashed' : 'solid'}>
          <Text size="sm" c="dimmed">
            {at ? <Moment at={at} as="time" /> : said.expected}
          </Text>
          {why && (
            <Text size="sm" mt={4} className="said" maw="65ch">
              {why}
            </Text>
          )}
        </Timeline.Item>
      ))}
    </Timeline>
  );
}

function stepsOf({ createdAt, submittedAt, decisions }: Request): Step[] {
  return [
    { what: said.begun, at: createdAt },
    ...(submittedAt ? [{ what: said.handedIn, at: submittedAt }] : []),
    ...decisions.map(({ outcome, reason, at, round }) => ({
      what: round > 1 ? `${said.outcomes[outcome]}, ${said.round(round)}` : said.outcomes[outcome],
      at,
      words: reason,
    })),
  ];
}
