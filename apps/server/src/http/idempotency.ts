import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refusal } from '@paddock/domain';
import { canonicalHash } from '@paddock/ledger';
import type { FastifyReply } from 'fastify';
import { catchError, from, mergeMap, throwError, type Observable } from 'rxjs';
import type { ActorRequest } from './actor.js';
import { seal, unseal } from './keys.js';
import { Runtime } from './runtime.js';

const KEY = /^[\x21-\x7e]{1,200}$/;
interface Remembered {
  request_hash: string;
  status: number | null;
  body: string | null;
}

interface Answered {
  body: unknown;
  type?: string;
}

/** `Idempotency-Key`: the same key and request get the same answer for 24 hours. Answers may hold links, so they are sealed. */
@Injectable()
export class Idempotency implements NestInterceptor {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<ActorRequest>();
    const key = request.headers['idempotency-key'];
    const caller = request.actor?.account ?? request.actor?.seat;
    if (key === undefined || request.method !== 'POST' || !caller) return next.handle();
    if (typeof key !== 'string' || !KEY.test(key))
      throw new Refusal('malformed-request', 'Idempotency-Key must be 1 to 200 visible ASCII characters.');
    return from(this.remember(caller, key, request)).pipe(
      mergeMap((known) =>
        known ? from(this.replay(known, caller, key, http.getResponse())) : this.answer(next, caller, key, http.getResponse()),
      ),
    );
  }

  private async remember(caller: string, key: string, request: ActorRequest): Promise<Remembered | undefined> {
    const hash = canonicalHash({ url: request.url, accept: request.headers.accept ?? null, body: request.body ?? null });
    await this.database.query(
      `DELETE FROM idempotent_answer WHERE caller_id = $1 AND (created_at < now() - interval '24 hours' OR (key = $2 AND status IS NULL AND created_at < now() - interval '1 minute'))`,
      [caller, key],
    );
    const inserted: unknown[] = await this.database.query(
      'INSERT INTO idempotent_answer (caller_id, key, request_hash) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING key',
      [caller, key, hash],
    );
    if (inserted.length > 0) return undefined;
    const [known] = await this.database.query<Remembered[]>(
      'SELECT request_hash, status, body FROM idempotent_answer WHERE caller_id = $1 AND key = $2',
      [caller, key],
    );
    if (known && known.request_hash !== hash)
      throw new Refusal('idempotency-mismatch', 'The first request with this key had another address or body.');
    if (!known || known.status === null)
      throw new Refusal('idempotency-in-progress', 'The first request with this key has not been answered yet.', { retryAfter: 1 });
    return known;
  }

  private async replay(known: Remembered, caller: string, key: string, reply: FastifyReply): Promise<unknown> {
    const [nonce, ciphertext] = (known.body ?? '').split('.').map((part) => Buffer.from(part, 'base64url'));
    const sealed = { nonce: nonce!, ciphertext: ciphertext! };
    const plain = await this.runtime.keys.opened('idempotent-answers', (sealKey) => unseal(sealKey, sealed, `${caller} ${key}`));
    const { type, body } = JSON.parse(plain.toString('utf8')) as Answered;
    reply.code(known.status ?? 200).header('idempotent-replayed', 'true');
    if (type) reply.header('content-type', type);
    return body;
  }

  private answer(next: CallHandler, caller: string, key: string, reply: FastifyReply): Observable<unknown> {
    return next.handle().pipe(
      mergeMap(async (body: unknown) => {
        // Set by the routes that answer something else than JSON.
        const type = reply.getHeader('content-type');
        const answered: Answered = { body: body ?? null, ...(type !== undefined && { type: String(type) }) };
        const { key: sealKey } = await this.runtime.keys.toSeal(this.database, 'idempotent-answers');
        const { nonce, ciphertext } = seal(sealKey, Buffer.from(JSON.stringify(answered)), `${caller} ${key}`);
        const sealed = `${nonce.toString('base64url')}.${ciphertext.toString('base64url')}`;
        await this.database.query('UPDATE idempotent_answer SET status = $3, body = $4 WHERE caller_id = $1 AND key = $2', [
          caller,
          key,
          reply.statusCode,
          sealed,
        ]);
        return body;
      }),
      // A refusal changed nothing, so the key may be used again once its cause is mended.
      catchError((error: unknown) =>
        from(this.database.query('DELETE FROM idempotent_answer WHERE caller_id = $1 AND key = $2', [caller, key])).pipe(
          mergeMap(() => throwError(() => error)),
        ),
      ),
    );
  }
}
