import type { Overview } from '@paddock/contracts';
import { lazy } from 'react';
import type { Wire } from '../../../api/wire.js';
import { nameOfCountry } from '../../../elements/countries.js';
import { OVERVIEW } from '../../../words/staff/overview.js';
import { Figure } from '../charts/Figure.js';

const Bars = lazy(() => import('../charts/Bars.js'));
const GB = 1e9;
const MOST_COUNTRIES = 12;

type Shown = Wire<typeof Overview>;

export function AcceptancesFigure({ acceptances }: { acceptances: Shown['acceptances'] }) {
  return (
    <Figure
      title={OVERVIEW.acceptances}
      name="acceptances"
      figures={{
        head: [OVERVIEW.license, OVERVIEW.accepted, OVERVIEW.declined],
        rows: acceptances.map(({ license, version, accepted, declined }) => [OVERVIEW.version(license, version), accepted, declined]),
      }}
    >
      <Bars
        label={OVERVIEW.acceptances}
        by="license"
        stacked
        data={acceptances.map(({ license, version, ...counts }) => ({ license: OVERVIEW.version(license, version), ...counts }))}
        series={[
          { name: 'accepted', label: OVERVIEW.accepted, color: 'meadow.7' },
          { name: 'declined', label: OVERVIEW.declined, color: 'gray.5' },
        ]}
      />
    </Figure>
  );
}

export function RefusalsFigure({ refusals }: { refusals: Shown['refusals'] }) {
  return (
    <Figure
      title={OVERVIEW.refusals}
      name="refusals"
      figures={{ head: [OVERVIEW.reason, OVERVIEW.count], rows: refusals.map(({ code, count }) => [code, count]) }}
    >
      <Bars label={OVERVIEW.refusals} by="code" data={refusals} series={[{ name: 'count', label: OVERVIEW.count, color: 'red.7' }]} />
    </Figure>
  );
}

const CHANNEL_COLORS = ['meadow.7', 'blue.6', 'grape.6', 'orange.6', 'cyan.7', 'gray.5'];

export function DownloadsFigure({ downloads }: { downloads: Shown['downloads'] }) {
  const where = (country: string | null) => (country ? nameOfCountry(country) : OVERVIEW.nowhere);
  const channels = [...new Set(downloads.map(({ channel }) => channel ?? ''))];
  const byCountry = Map.groupBy(downloads, ({ country }) => where(country));
  const data = [...byCountry].slice(0, MOST_COUNTRIES).map(([country, rows]) => ({
    country,
    ...Object.fromEntries(rows.map(({ channel, bytes }) => [channel ?? '', Math.round((bytes / GB) * 1000) / 1000])),
  }));
  return (
    <Figure
      title={OVERVIEW.downloads}
      lead={OVERVIEW.downloadsLead}
      name="downloads"
      figures={{
        head: [OVERVIEW.country, OVERVIEW.channel, OVERVIEW.links, OVERVIEW.bytes],
        rows: downloads.map(({ country, channel, links, bytes }) => [where(country), channel ?? '', links, bytes]),
      }}
    >
      <Bars
        label={OVERVIEW.downloads}
        by="country"
        stacked
        data={data}
        series={channels.map((channel, index) => ({
          name: channel,
          label: `${channel} (${OVERVIEW.gigabytes})`,
          color: CHANNEL_COLORS[index % CHANNEL_COLORS.length]!,
        }))}
      />
    </Figure>
  );
}
