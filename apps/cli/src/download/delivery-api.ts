import { checkArtifactPath, duplicatePaths } from '@paddock/domain';
import * as z from 'zod';
import type { Portal } from '../portal/portal.js';

// Read tolerantly, unlike the schemas by which the portal writes: a newer portal may say more.
const GrantPage = z.object({
  items: z.array(z.object({ id: z.string(), model: z.string(), state: z.string() })),
  nextCursor: z.string().nullish(),
});

const Path = z.string().refine((path) => checkArtifactPath(path).ok);

const Manifest = z.object({
  release: z.string(),
  torrent: z.url({ protocol: /^https?$/ }).nullish(),
  artifacts: z
    .array(
      z.object({
        path: Path,
        size: z.number().int().nonnegative(),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
        url: z.url({ protocol: /^https?$/ }),
      }),
    )
    .refine((artifacts) => duplicatePaths(artifacts.map((artifact) => artifact.path)).length === 0),
});
export type Manifest = z.infer<typeof Manifest>;
export type RemoteArtifact = Manifest['artifacts'][number];

/** The routes that hand out one release of a model. */
export class DeliveryApi {
  constructor(
    private readonly portal: Portal,
    readonly model: string,
    readonly release: string,
    /** Only these of its files; all of them without it. */
    private readonly paths?: readonly string[],
  ) {}

  /** Fresh links, through an active grant, or through the public grant of an open model where the caller holds none. */
  links(): Promise<Manifest> {
    return this.manifest({ ...(this.paths && { paths: this.paths }) });
  }

  /** Where the release's .torrent is handed out to this holder; undefined where nobody holds it. A torrent is of the whole release. */
  async torrent(): Promise<string | undefined> {
    return (await this.manifest({ channel: 'torrent' })).torrent ?? undefined;
  }

  private async manifest(asked: object): Promise<Manifest> {
    const grant = await this.activeGrant();
    const url = grant
      ? this.portal.url('grants', grant, 'links')
      : this.portal.url('models', this.model, 'releases', this.release, 'links');
    return this.portal.ask(Manifest, 'POST', url, { ...(grant && { release: this.release }), ...asked });
  }

  private async activeGrant(): Promise<string | undefined> {
    if (!this.portal.authorization) return undefined;
    const url = this.portal.url('grants');
    url.searchParams.set('model', this.model);
    for (;;) {
      const page = await this.portal.ask(GrantPage, 'GET', url);
      const grant = page.items.find(({ model, state }) => model === this.model && state === 'active');
      if (grant || !page.nextCursor) return grant?.id;
      url.searchParams.set('cursor', page.nextCursor);
    }
  }
}
