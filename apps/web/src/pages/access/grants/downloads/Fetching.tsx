import { Button, Group, Stack, Text } from '@mantine/core';
import type { Problem, Release, ReleaseListed } from '@paddock/contracts';
import { pagePath } from '@paddock/contracts';
import { useState } from 'react';
import { call } from '../../../../api/client.js';
import { useCommand } from '../../../../api/hooks.js';
import type { Wire } from '../../../../api/wire.js';
import { Refusal } from '../../../../elements/Refusal.js';
import { ACCESS } from '../../../../words/access.js';
import { Prerequisites } from '../../prerequisites/Prerequisites.js';
import type { OwnGrant } from '../GrantWays.js';
import type { Links } from './commands.js';
import { FileChoice } from './FileChoice.js';
import { LinksShown } from './LinksShown.js';

const { downloads: said } = ACCESS;

interface Props {
  grant: OwnGrant;
  release: Wire<typeof Release>;
  weights: Wire<typeof ReleaseListed>['weights'];
  organization: string | undefined;
}

/** From the choice of files to links for them. Links are made when they are asked for: each is a record. */
export function Fetching({ grant, release, weights, organization }: Props) {
  const files = release.artifacts;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(files.map(({ path }) => path)));
  const [linked, setLinked] = useState<ReadonlySet<string>>();
  const issue = useCommand<Links>(
    () =>
      call('POST', `/grants/${grant.id}/links`, {
        // A torrent is of the whole release, so that all of it is asked for as the whole.
        body: { release: release.name, ...(chosen.size < files.length && { paths: [...chosen] }) },
      }),
    { stale: [], onDone: () => setLinked(chosen) },
  );
  const current = issue.answer && linked === chosen ? issue.answer : undefined;
  return (
    <Stack gap="md">
      <FileChoice files={files} chosen={chosen} memory={weights?.memory} onChange={setChosen} />
      {issue.refused && <Refusal problem={wayOn(issue.refused, grant.model, organization)} onRetry={() => issue.run()} />}
      {issue.refused?.code === 'prerequisite-expired' && <Prerequisites model={grant.model} unmetAlone />}
      {!current && (
        <Group gap="md">
          <Button onClick={() => issue.run()} loading={issue.running} disabled={chosen.size === 0}>
            {linked ? said.makeNew : said.make}
          </Button>
          {chosen.size === 0 && (
            <Text size="sm" role="status">
              {said.chooseOne}
            </Text>
          )}
        </Group>
      )}
      {current && (
        <LinksShown
          links={current}
          grant={grant.id}
          contextLength={weights?.contextLength ?? null}
          renewing={issue.running}
          onRenew={() => issue.run()}
        />
      )}
    </Stack>
  );
}

/** A newer text is accepted on its own page. */
function wayOn(problem: Problem, model: string, organization: string | undefined): Problem {
  if (problem.code !== 'acceptance-outdated' && problem.code !== 'acceptance-required') return problem;
  return { ...problem, remedyUrl: `${pagePath('acceptance', { model })}${organization ? `?organization=${organization}` : ''}` };
}
