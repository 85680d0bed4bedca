/** OCI Distribution 1.1, "Error codes", with the status of each; RANGE_INVALID is as other registries say it. */
export const OCI_STATUS = {
  BLOB_UNKNOWN: 404,
  DIGEST_INVALID: 400,
  MANIFEST_UNKNOWN: 404,
  NAME_INVALID: 400,
  NAME_UNKNOWN: 404,
  UNAUTHORIZED: 401,
  DENIED: 403,
  UNSUPPORTED: 405,
  TOOMANYREQUESTS: 429,
  RANGE_INVALID: 416,
  UNAVAILABLE: 503,
  UNKNOWN: 500,
} as const;
export type OciCode = keyof typeof OCI_STATUS;

/** The body of every refusal: clients show `message`, programs read `detail`. */
export function ociErrors(code: OciCode, message: string, detail: unknown): string {
  return JSON.stringify({ errors: [{ code, message, detail }] });
}

/** A refusal by the specification's own words, for what only its protocol knows. */
export class RegistryFault extends Error {
  constructor(
    readonly code: OciCode,
    message: string,
  ) {
    super(message);
  }
}
