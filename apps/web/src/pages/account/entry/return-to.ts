import { isLocalPath } from '@paddock/domain';

/** Where the address says to go on after sign-in, if that is a path of this portal. */
export const localPath = (asked: unknown): string | undefined => (typeof asked === 'string' && isLocalPath(asked) ? asked : undefined);

/** The single-use secret of a mailed link stands behind `#`, where no server sees it. */
export const mailedSecret = (): string | null => new URLSearchParams(location.hash.slice(1)).get('token');
