import { PROBLEM_STATUS } from '@paddock/contracts';
import { OCI_STATUS, ociErrors, RegistryFault, type OciCode } from '@paddock/delivery';
import { REFUSALS, type Refusal, type RefusalCode } from '@paddock/domain';
import { refusalOf } from '../../http/problem-filter.js';

const CODES: Readonly<Partial<Record<RefusalCode, OciCode>>> = {
  'bad-range': 'RANGE_INVALID',
  'malformed-request': 'NAME_INVALID',
  'not-found': 'NAME_UNKNOWN',
  'too-many-attempts': 'TOOMANYREQUESTS',
  unavailable: 'UNAVAILABLE',
};

export interface RegistryAnswer {
  code: OciCode;
  status: number;
  body: string;
}

/** The one renderer of failures in the registry: the specification's form. Clients show the message and nothing else. */
export function registryAnswer(error: unknown, publicUrl: string): RegistryAnswer {
  if (error instanceof RegistryFault) return rendered(error.code, error.message, {});
  const refusal = refusalOf(error);
  const { remedy, link } = REFUSALS[refusal.code];
  const remedyUrl = link === null ? null : `${publicUrl}${link}`;
  const message = `${refusal.detail} ${remedy}${remedyUrl ? ` (${remedyUrl})` : ''}`;
  return rendered(codeOf(refusal), message, { code: refusal.code, remedy, remedyUrl });
}

function rendered(code: OciCode, message: string, detail: unknown): RegistryAnswer {
  return { code, status: OCI_STATUS[code], body: ociErrors(code, message, detail) };
}

function codeOf({ code }: Refusal): OciCode {
  const known = CODES[code];
  if (known) return known;
  const status = PROBLEM_STATUS[code];
  if (status === 401) return 'UNAUTHORIZED';
  return status < 500 ? 'DENIED' : 'UNKNOWN';
}

/** The specification's way to say that nothing is pushed here. */
export function unsupported(): RegistryFault {
  return new RegistryFault('UNSUPPORTED', 'This registry is read by this protocol; images come in by `paddock runtime import`.');
}
