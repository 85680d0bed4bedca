import type { Capture } from '@paddock/contracts';
import { call } from '../../../api/client.js';
import type { Wire } from '../../../api/wire.js';
import { Moment } from '../../../elements/Moment.js';
import { EDITOR } from '../../../words/staff/legal-editor.js';
import { PARTS } from '../../../words/staff/parts.js';
import { Asking } from '../parts/Asking.js';
import { Listing } from '../parts/Listing.js';

/** What a person may look at and let pass; all else is no text. */
const FORGIVABLE = new Set<string | null>(['shrunk', 'login-page', 'error-page', 'media-type-changed']);

export function CapturesTable({ slug }: { slug: string }) {
  return (
    <Listing<Wire<typeof Capture>>
      path={`/policies/${slug}/captures`}
      caption={EDITOR.captures}
      keyOf={({ id }) => id}
      columns={[
        { head: EDITOR.capturedAt, cell: ({ capturedAt }) => <Moment at={capturedAt} as="time" /> },
        { head: EDITOR.outcome, cell: ({ outcome }) => EDITOR.outcomes[outcome] },
        {
          head: EDITOR.why,
          cell: ({ reason, detail }) => reason && `${reason}${typeof detail['detail'] === 'string' ? `: ${detail['detail']}` : ''}`,
        },
        {
          head: PARTS.actions,
          silent: true,
          cell: ({ outcome, reason }) =>
            outcome === 'failed' &&
            FORGIVABLE.has(reason) && (
              <Asking
                label={EDITOR.despite}
                meaning={EDITOR.despiteMeaning}
                send={() => call('POST', `/policies/${slug}/captures`, { body: { despite: [reason] } })}
                stale={[`/policies/${slug}`]}
                button={{ size: 'compact-xs' }}
              />
            ),
        },
      ]}
    />
  );
}
