import { Injectable } from '@nestjs/common';

/** What does not work and yet turns nobody away: features say so here, and `/health/ready` hands it on. */
@Injectable()
export class Impairments {
  private readonly reasons = new Map<string, string>();

  /** A reason is a code; undefined once the part works again. */
  report(part: string, reason: string | undefined): void {
    if (reason === undefined) this.reasons.delete(part);
    else this.reasons.set(part, reason);
  }

  /** By part; undefined when nothing is impaired. */
  all(): Record<string, string> | undefined {
    return this.reasons.size === 0 ? undefined : Object.fromEntries(this.reasons);
  }
}
