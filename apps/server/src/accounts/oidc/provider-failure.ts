import { AdapterFailure, Refusal } from '@paddock/domain';
import * as client from 'openid-client';
import type { Logger } from 'pino';
import type { OidcProvider } from '../../oidc-providers.js';

const RETRY_SECONDS = 30;
/** Answers of another status than agreed, or of no JSON: what stands before a provider that is down gives them. */
const DOWN = new Set(['OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON', 'OAUTH_PARSE_ERROR', 'OAUTH_TIMEOUT', 'OAUTH_ABORT']);

/** What went wrong at or with a provider, as the person is told it. The log gets codes alone: details carry codes and tokens. */
export function refusalOfProvider(provider: OidcProvider, error: unknown, logger: Logger): Refusal {
  if (error instanceof Refusal) return error;
  const { code, error: said } = error as { code?: unknown; error?: unknown };
  const failure = adapterFailureIn(error);
  logger.warn({ provider: provider.id, failure: failure?.message ?? (typeof said === 'string' ? said.slice(0, 60) : code) });
  if (failure || (typeof code === 'string' && DOWN.has(code)))
    return new Refusal('unavailable', `${provider.title} does not answer as a provider should.`, { retryAfter: RETRY_SECONDS });
  if (error instanceof client.AuthorizationResponseError)
    return new Refusal('provider-refused', `${provider.title} answered \`${error.error.slice(0, 60)}\`.`);
  return new Refusal('provider-refused', `What ${provider.title} answered does not hold, or was used already.`);
}

function adapterFailureIn(error: unknown): AdapterFailure | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) if (cause instanceof AdapterFailure) return cause;
  return undefined;
}
