import type { Overview } from '@paddock/contracts';
import { lazy } from 'react';
import type { Wire } from '../../../api/wire.js';
import { OVERVIEW } from '../../../words/staff/overview.js';
import { Figure } from '../charts/Figure.js';

const Bars = lazy(() => import('../charts/Bars.js'));
const Lines = lazy(() => import('../charts/Lines.js'));
const HOUR_S = 3600;

type Requests = Wire<typeof Overview>['requests'];
const day = (instant: string) => instant.slice(0, 10);

export function RequestsFigure({ requests }: { requests: Requests }) {
  const sum = (name: 'submitted' | 'approved' | 'rejected') => requests.reduce((total, row) => total + row[name], 0);
  const said = OVERVIEW.requestsSaid(sum('submitted'), sum('approved'), sum('rejected'));
  const nothing = requests.every(({ submitted, approved, rejected, returned }) => submitted + approved + rejected + returned === 0);
  return (
    <Figure
      title={OVERVIEW.requests}
      lead={said}
      name="requests"
      figures={{
        head: [OVERVIEW.from, OVERVIEW.submitted, OVERVIEW.approved, OVERVIEW.rejected, OVERVIEW.returned],
        rows: nothing
          ? []
          : requests.map(({ from, submitted, approved, rejected, returned }) => [day(from), submitted, approved, rejected, returned]),
      }}
    >
      <Bars
        label={`${OVERVIEW.requests}: ${said}`}
        by="from"
        data={requests.map((row) => ({ ...row, from: day(row.from), medianWait: 0 }))}
        series={[
          { name: 'submitted', label: OVERVIEW.submitted, color: 'gray.5' },
          { name: 'approved', label: OVERVIEW.approved, color: 'meadow.7' },
          { name: 'rejected', label: OVERVIEW.rejected, color: 'red.7' },
          { name: 'returned', label: OVERVIEW.returned, color: 'yellow.6' },
        ]}
      />
    </Figure>
  );
}

export function WaitFigure({ requests }: { requests: Requests }) {
  const hours = requests.map(({ from, medianWait }) => ({
    from: day(from),
    hours: medianWait === null ? null : Math.round((medianWait / HOUR_S) * 10) / 10,
  }));
  return (
    <Figure
      title={OVERVIEW.wait}
      lead={OVERVIEW.waitLead}
      name="median-wait"
      figures={{
        head: [OVERVIEW.from, OVERVIEW.waitUnit],
        rows: hours.every((row) => row.hours === null) ? [] : hours.map((row) => [row.from, row.hours]),
      }}
    >
      <Lines
        label={OVERVIEW.wait}
        by="from"
        unit=" h"
        data={hours}
        series={[{ name: 'hours', label: OVERVIEW.waitUnit, color: 'meadow.7' }]}
        height={220}
      />
    </Figure>
  );
}
