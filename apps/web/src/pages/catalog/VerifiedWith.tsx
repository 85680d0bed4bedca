import type { Release } from '@paddock/contracts';
import type { Wire } from '../../api/wire.js';
import { Copyable } from '../../elements/Copyable.js';
import { Moment } from '../../elements/Moment.js';
import { Rows } from '../../elements/Rows.js';
import { words } from '../../words/index.js';

const { catalog } = words;

/** The images that ran the release, with what was measured; or that none has. */
export function VerifiedWith({ verifications }: { verifications: Wire<typeof Release>['verifiedWith'] }) {
  const [image, engine, loadTime, speed, on] = catalog.verificationColumns;
  return (
    <Rows
      caption={catalog.verifications}
      columns={[
        { head: image, cell: (run) => <Copyable text={run.image} label={image} /> },
        { head: engine, cell: (run) => run.engine },
        { head: loadTime, cell: (run) => catalog.milliseconds(Math.round(run.loadMilliseconds).toLocaleString()) },
        { head: speed, cell: (run) => run.tokensPerSecond.toFixed(1) },
        { head: on, cell: (run) => <Moment at={run.verifiedAt} /> },
      ]}
      items={verifications}
      keyOf={({ id }) => id}
      empty={catalog.notVerified}
    />
  );
}
