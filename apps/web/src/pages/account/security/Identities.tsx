import { Button, Group } from '@mantine/core';
import type { IdentityListed, OidcBegun, ProviderListed } from '@paddock/contracts';
import { call } from '../../../api/client.js';
import { useAnswer, useCommand } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Loaded } from '../../../elements/Loaded.js';
import { Moment } from '../../../elements/Moment.js';
import { Rows } from '../../../elements/Rows.js';
import { Refusal } from '../../../elements/Refusal.js';
import { Section } from '../../../elements/Section.js';
import { SureButton } from '../../../elements/SureButton.js';
import { words } from '../../../words/index.js';
import { OWN } from '../../../words/own.js';

const { security: said } = OWN;

export function Identities() {
  const identities = useAnswer<{ items: Wire<typeof IdentityListed>[] }>('/me/identities');
  const providers = useAnswer<{ items: Wire<typeof ProviderListed>[] }>('/sign-in/providers');
  const unlink = useCommand((provider: string) => call('DELETE', `/me/identities/${provider}`), { stale: ['/me', '/models'] });
  const link = useCommand(
    (provider: string) => call<Wire<typeof OidcBegun>>('POST', `/me/identities/${provider}`, { body: { returnTo: '/security' } }),
    { stale: [], onDone: ({ url }) => location.assign(url) },
  );
  const refused = unlink.refused ?? link.refused;
  const linked = new Set(identities.data?.items.map(({ provider }) => provider));
  return (
    <Section title={said.identities} lead={said.identitiesLead}>
      {refused && <Refusal problem={refused} />}
      <Loaded of={identities}>
        {({ items }) => (
          <Rows
            caption={said.identities}
            columns={[
              { head: said.provider, cell: ({ title }) => title },
              { head: said.who, cell: ({ subject }) => subject },
              { head: said.lastUsed, cell: ({ lastUsedAt }) => (lastUsedAt ? <Moment at={lastUsedAt} as="time" /> : said.never) },
              {
                head: words.frame.actions,
                silent: true,
                cell: ({ provider, title }) => (
                  <SureButton ask={said.unlinkAsk(title)} of={title} onSure={() => unlink.run(provider)}>
                    {said.unlink}
                  </SureButton>
                ),
              },
            ]}
            items={items}
            keyOf={({ provider }) => provider}
            empty={providers.data?.items.length === 0 ? said.noProviders : said.noIdentities}
          />
        )}
      </Loaded>
      <Group gap="sm">
        {providers.data?.items
          .filter(({ id }) => !linked.has(id))
          .map(({ id, title }) => (
            <Button key={id} variant="default" loading={link.running} onClick={() => link.run(id)}>
              {said.link(title)}
            </Button>
          ))}
      </Group>
    </Section>
  );
}
