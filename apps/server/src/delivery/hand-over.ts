import { Injectable } from '@nestjs/common';
import { AdapterFailure } from '@paddock/domain';
import { Runtime } from '../http/runtime.js';
import type { FileRequest } from './file-request.js';
import { storeAnswers } from './store-answers.js';

/** A file that the gate has just opened to a request. */
export interface Departing {
  storageKey: string;
  /** Those of a whole answer from here, without its length. */
  headers: Record<string, string>;
  /** How this door sends a client elsewhere. */
  redirect: { status: 302 | 307; headers?: Record<string, string> };
}

export interface HandedOver {
  status: 200 | 302 | 307;
  headers: Record<string, string>;
}

/** One range of few enough digits: what nginx refuses in its own words, or reads otherwise, is answered from here. */
const PLAIN_RANGE = /^bytes=(?:\d{1,15}-\d{0,15}|-\d{1,15})$/;

/**
 * Who sends a file's bytes, for every door alike: the bucket or its CloudFront, to which the client is sent by a signed
 * URL; the nginx in front, which is told the file by X-Accel-Redirect; or else this process, which alone can cut what it
 * sends. The gate has been asked before, in any case.
 */
@Injectable()
export class HandOver {
  constructor(private readonly runtime: Runtime) {}

  /** Whether a transfer under way ends with the right to it. */
  get cutsRunning(): boolean {
    return !this.runtime.store.presign && this.runtime.config.PADDOCK_X_ACCEL_PREFIX === undefined;
  }

  /** What is answered where others send the bytes; undefined where this process does. `partial`: one range was asked for, and is given. */
  async of(request: FileRequest, file: Departing, partial: boolean): Promise<HandedOver | undefined> {
    const { store, config } = this.runtime;
    if (store.presign) return this.toStore(request, file);
    const { PADDOCK_X_ACCEL_PREFIX: prefix } = config;
    return prefix !== undefined && nginxReadsAlike(request, partial) ? this.toProxy(prefix, file, partial) : undefined;
  }

  private async toStore({ method }: FileRequest, { storageKey, headers, redirect }: Departing): Promise<HandedOver> {
    await storeAnswers(this.runtime.store, storageKey);
    const location = this.runtime.store.presign!({
      method,
      key: storageKey,
      expiresIn: this.runtime.config.PADDOCK_PRESIGN_SECONDS,
      now: this.runtime.now(),
      ...(headers['content-disposition'] && { contentDisposition: headers['content-disposition'] }),
      ...(headers['content-type'] && { contentType: headers['content-type'] }),
    });
    return { status: redirect.status, headers: { ...redirect.headers, location, 'content-length': '0' } };
  }

  /** nginx would say in its own words that there is no such file, and says of a whole one by itself that it knows ranges. */
  private async toProxy(prefix: string, { storageKey, headers }: Departing, partial: boolean): Promise<HandedOver> {
    const { 'accept-ranges': _, ...others } = headers;
    const kept = partial ? headers : others;
    if (!(await this.runtime.store.head(storageKey))) throw new AdapterFailure('disk store', `there is no object ${storageKey}`, false);
    return { status: 200, headers: { ...kept, 'x-accel-redirect': prefix + storageKey, 'content-length': '0' } };
  }
}

/** HEAD has no bytes, and whoever came past nginx would be answered with none. */
function nginxReadsAlike({ method, range, conditional, proxied }: FileRequest, partial: boolean): boolean {
  return proxied && method === 'GET' && !conditional && (range === undefined || (partial && PLAIN_RANGE.test(range)));
}
