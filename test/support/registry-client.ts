export interface RegistryError {
  code: string;
  message: string;
  detail: { code?: string; remedy?: string };
}

export interface RegistryAnswer {
  status: number;
  headers: Headers;
  bytes: Buffer;
  /** Of a refusal; every one must be in the specification's form. */
  error: RegistryError | undefined;
}

export interface AskOptions {
  method?: string;
  /** An access token, sent as Basic's password. */
  token?: string | undefined;
  headers?: Record<string, string>;
}

/** Asks a registry as no client would do it better: one request, no redirect followed, refusals read. */
export async function askRegistry(
  portal: string,
  path: string,
  { method = 'GET', token, headers = {} }: AskOptions = {},
): Promise<RegistryAnswer> {
  const response = await fetch(`${portal}/v2/${path}`, {
    method,
    redirect: 'manual',
    headers: { ...(token !== undefined && { authorization: basic(token) }), ...headers },
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  const refused = response.status >= 400 && method !== 'HEAD';
  if (refused && response.headers.get('content-type') !== 'application/json')
    throw new Error(`no error of the specification: ${bytes.toString()}`);
  const error = refused ? (JSON.parse(bytes.toString()) as { errors: RegistryError[] }).errors[0] : undefined;
  return { status: response.status, headers: response.headers, bytes, error };
}

export function basic(token: string): string {
  return `Basic ${Buffer.from(`anyone:${token}`).toString('base64')}`;
}
