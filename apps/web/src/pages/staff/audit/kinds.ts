import type { AuditKindName } from '@paddock/contracts';

export type FilterField =
  { name: string; as: 'text' | 'instant' | 'number' | 'model' } | { name: string; as: 'choice'; options: readonly string[] };

interface KindPage {
  /** Always to be seen; the others on request. */
  first: readonly FilterField[];
  others: readonly FilterField[];
  /** The columns of the table with their widths in pixels; all else is in a row's details. */
  columns: readonly (readonly [name: string, width: number])[];
}

const text = (name: string): FilterField => ({ name, as: 'text' });
const choice = (name: string, ...options: string[]): FilterField => ({ name, as: 'choice', options });
const time: FilterField[] = [
  { name: 'from', as: 'instant' },
  { name: 'to', as: 'instant' },
];
const q = text('q');
const model: FilterField = { name: 'model', as: 'model' };
const version: FilterField = { name: 'licenseVersion', as: 'number' };
const at = ['at', 170] as const;

export const KIND_PAGES: Readonly<Record<AuditKindName, KindPage>> = {
  acceptances: {
    first: [q, model, choice('state', 'accepted', 'declined'), ...time],
    others: [text('license'), version, text('release'), text('agreement'), text('licensee'), text('signer')],
    columns: [
      at,
      ['state', 110],
      ['licenseeName', 200],
      ['country', 90],
      ['signerName', 180],
      ['signerEmail', 220],
      ['model', 160],
      ['license', 180],
      ['licenseVersion', 90],
    ],
  },
  decisions: {
    first: [q, model, choice('outcome', 'approve', 'reject', 'return'), choice('by', 'person', 'rule'), ...time],
    others: [text('license'), version, text('request'), text('applicant'), text('licensee'), text('reviewer')],
    columns: [
      at,
      ['outcome', 100],
      ['applicantName', 180],
      ['licenseeName', 180],
      ['model', 160],
      ['requestKind', 120],
      ['reviewerName', 160],
      ['reason', 280],
    ],
  },
  grants: {
    first: [q, model, choice('state', 'pending-acceptance', 'active', 'suspended', 'expired', 'revoked'), ...time],
    others: [text('license'), text('licensee'), choice('origin', 'approval', 'acceptance', 'publication')],
    columns: [
      at,
      ['state', 160],
      ['licenseeName', 200],
      ['country', 90],
      ['model', 160],
      ['license', 180],
      ['origin', 110],
      ['until', 170],
      ['reason', 220],
    ],
  },
  downloads: {
    first: [q, model, choice('channel', 'link', 'direct', 'torrent', 'oci', 'hub'), text('code'), ...time],
    others: [text('kind'), text('release'), text('grant'), text('link'), text('holder')],
    columns: [
      at,
      ['kind', 150],
      ['holderName', 180],
      ['model', 160],
      ['release', 140],
      ['channel', 90],
      ['path', 220],
      ['bytes', 130],
      ['outcome', 110],
      ['code', 150],
    ],
  },
  'staff-actions': {
    first: [q, model, text('kind'), ...time],
    others: [text('subject'), text('actor')],
    columns: [at, ['actorName', 180], ['kind', 220], ['model', 160], ['code', 150], ['detail', 420]],
  },
  'sign-ins': {
    first: [q, text('kind'), text('code'), ...time],
    others: [text('account')],
    columns: [at, ['kind', 180], ['name', 180], ['email', 240], ['way', 120], ['code', 180]],
  },
  events: {
    first: [model, text('kind'), ...time],
    others: [text('subject'), text('actor')],
    columns: [at, ['kind', 220], ['model', 160], ['code', 150], ['actor', 300], ['detail', 420]],
  },
};

export const KIND_NAMES = Object.keys(KIND_PAGES) as AuditKindName[];
export const isKind = (name: string): name is AuditKindName => Object.hasOwn(KIND_PAGES, name);
export const fieldsOf = (kind: AuditKindName): readonly FilterField[] => [...KIND_PAGES[kind].first, ...KIND_PAGES[kind].others];
