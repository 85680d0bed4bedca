import { Stack, Text } from '@mantine/core';
import { useAnswer } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import type { Review } from '@paddock/contracts';
import { Loaded } from '../../../elements/Loaded.js';
import { REVIEW } from '../../../words/staff/review.js';
import { Section } from '../../../elements/Section.js';
import { Assign } from './Assign.js';
import { awaitsDecision, reviewPath } from './deciding.js';
import { Notes } from './Notes.js';
import { RequestDetails } from './RequestDetails.js';

/** One request as reviewers see it. */
export function RequestPanel({ request }: { request: string }) {
  const review = useAnswer<Wire<typeof Review>>(reviewPath(request));
  return (
    <Loaded of={review}>
      {(shown) => (
        <Stack gap="lg">
          {awaitsDecision(shown.request.state) ? (
            <Assign request={request} />
          ) : (
            <Text size="sm" c="dimmed">
              {REVIEW.decide.over}
            </Text>
          )}
          <RequestDetails review={shown} />
          <Section title={REVIEW.parts.notes} order={3}>
            <Notes key={request} request={request} notes={shown.notes} />
          </Section>
        </Stack>
      )}
    </Loaded>
  );
}
