import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ProtobufMessage } from './protobuf.js';

export interface ReceivedSpan {
  trace: string;
  span: string;
  parent: string;
  name: string;
  kind: number;
  attributes: Record<string, string | number>;
  status: number;
}

export interface ReceivedMetric {
  name: string;
  points: { attributes: Record<string, string | number>; value: number; buckets?: number[]; bounds?: number[] }[];
}

/** The far end of OTLP over HTTP: it reads what comes by the specification's field numbers, and keeps the bytes too. */
export class OtlpReceiver {
  readonly spans: ReceivedSpan[] = [];
  readonly bodies: Buffer[] = [];
  readonly headers: IncomingMessage['headers'][] = [];
  resource: Record<string, string | number> = {};
  /** As told last. */
  metrics: ReceivedMetric[] = [];
  /** Takes what comes and never answers. */
  silent = false;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<OtlpReceiver> {
    let self: OtlpReceiver | undefined = undefined;
    const server = createServer((request, response) => void self?.take(request, response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    self = new OtlpReceiver(server);
    return self;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  named(name: string): ReceivedSpan[] {
    return this.spans.filter((span) => span.name === name);
  }

  of(trace: string): ReceivedSpan[] {
    return this.spans.filter((span) => span.trace === trace);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (this.silent) return;
    const body = Buffer.concat(chunks);
    this.bodies.push(body);
    this.headers.push(request.headers);
    const message = new ProtobufMessage(body);
    for (const one of message.all(1)) {
      this.resource = attributesOf(one.one(1), 1);
      const scopes = one.all(2).flatMap((scope) => scope.all(2));
      if (request.url === '/v1/traces') this.spans.push(...scopes.map(spanOf));
      else this.metrics = scopes.map(metricOf);
    }
    response.setHeader('content-type', 'application/x-protobuf').end();
  }
}

function spanOf(span: ProtobufMessage): ReceivedSpan {
  return {
    trace: span.bytes(1).toString('hex'),
    span: span.bytes(2).toString('hex'),
    parent: span.bytes(4).toString('hex'),
    name: span.text(5),
    kind: span.int(6),
    attributes: attributesOf(span, 9),
    status: span.one(15).int(3),
  };
}

function metricOf(metric: ProtobufMessage): ReceivedMetric {
  const numbers = [...metric.one(5).all(1), ...metric.one(7).all(1)].map((point) => ({
    attributes: attributesOf(point, 7),
    value: point.has(6) ? Number(point.bytes(6).readBigInt64LE()) : point.double(4),
  }));
  const histograms = metric
    .one(9)
    .all(1)
    .map((point) => ({
      attributes: attributesOf(point, 9),
      value: Number(point.bytes(4).readBigUInt64LE()),
      buckets: point.packed(6, 'readBigUInt64LE'),
      bounds: point.packed(7, 'readDoubleLE'),
    }));
  return { name: metric.text(1), points: [...numbers, ...histograms] };
}

function attributesOf(message: ProtobufMessage, field: number): Record<string, string | number> {
  return Object.fromEntries(message.all(field).map((pair) => [pair.text(1), valueOf(pair.one(2))]));
}

function valueOf(value: ProtobufMessage): string | number {
  if (value.has(3)) return value.int(3);
  if (value.has(2)) return value.int(2);
  return value.has(4) ? value.double(4) : value.text(1);
}
