import { Injectable } from '@nestjs/common';

/** The code of what is wrong; undefined where nothing is. */
type Ask = () => Promise<string | undefined>;

/** What does not work and yet turns nobody away: features say so here, and `/health/ready` hands it on. */
@Injectable()
export class Impairments {
  private readonly parts = new Map<string, Ask>();

  add(part: string, ask: Ask): void {
    this.parts.set(part, ask);
  }

  /** By part; undefined when nothing is impaired. */
  async all(): Promise<Record<string, string> | undefined> {
    const asked = await Promise.all([...this.parts].map(async ([part, ask]) => [part, await ask()] as const));
    const impaired = asked.filter((one): one is readonly [string, string] => one[1] !== undefined);
    return impaired.length === 0 ? undefined : Object.fromEntries(impaired);
  }
}
