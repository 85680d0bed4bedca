import { isDigest, isNameComponent } from '@paddock/domain';
import { CliFailure, EXIT } from '../../cli-failure.js';

/** A runtime image that cannot become another one: what a verification is of. */
export interface PinnedImage {
  /** As engines pull it. */
  reference: string;
  publisher: string;
  name: string;
  digest: string;
}

/** Reads `host[:port]/publisher/name@sha256:…`; a tag may stand before the digest, as engines write it. */
export function pinnedImage(text: string): PinnedImage {
  const [, host, publisher, name, tag, digest] =
    /^((?:[a-z0-9][a-z0-9.-]*|\[[0-9a-f:.]+\])(?::\d+)?)\/([^/:@\s]+)\/([^/:@\s]+)(:[^/@\s]+)?(?:@(\S+))?$/i.exec(text) ?? [];
  if (
    host === undefined ||
    !publisher ||
    !name ||
    !isNameComponent(publisher) ||
    !isNameComponent(name) ||
    !URL.canParse(`https://${host}`)
  )
    throw unfit(`${text} names no image of a portal`);
  if (digest === undefined) throw unfit(`${text} has no digest${tag ? ', and its tag may stand for another image tomorrow' : ''}`);
  if (!isDigest(digest)) throw unfit(`${digest} is no digest`);
  return { reference: `${host}/${publisher}/${name}@${digest}`, publisher, name, digest };
}

function unfit(detail: string): CliFailure {
  const remedy = 'Give it as host/publisher/name@sha256:…; `paddock runtime import` prints that.';
  return new CliFailure('image-unfit', detail, remedy, EXIT.refusedHere);
}
