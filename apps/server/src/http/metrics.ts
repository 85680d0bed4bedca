import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What /metrics shows. Labels are route templates, codes and channels: never an address, a link or a person. */
export class Metrics {
  readonly registry = new Registry();
  readonly requests = new Histogram({
    name: 'paddock_http_request_seconds',
    help: 'Time from request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.01, 0.05, 0.2, 1, 5, 30, 300],
    registers: [this.registry],
  });
  /** What processes are added by: a download counts for as long as it runs. */
  readonly inFlight = new Gauge({
    name: 'paddock_http_requests_in_flight',
    help: 'Requests that are not answered to their end yet.',
    registers: [this.registry],
  });
  readonly gate = new Counter({
    name: 'paddock_gate_decisions_total',
    help: 'Answers of the gate.',
    labelNames: ['channel', 'code'],
    registers: [this.registry],
  });
  readonly bytes = new Counter({
    name: 'paddock_bytes_sent_total',
    help: 'Artifact bytes sent by this process.',
    labelNames: ['channel'],
    registers: [this.registry],
  });
  readonly announces = new Counter({
    name: 'paddock_announces_total',
    help: 'Announces that were answered with peers.',
    registers: [this.registry],
  });
  readonly announcesRefused = new Counter({
    name: 'paddock_announces_refused_total',
    help: 'Announces and scrapes that were answered with a failure reason.',
    labelNames: ['code'],
    registers: [this.registry],
  });
  readonly connections = new Gauge({
    name: 'paddock_connections',
    help: 'Connections that this process serves.',
    registers: [this.registry],
  });
  readonly connectionsRefused = new Counter({
    name: 'paddock_connections_refused_total',
    help: 'Connections that were turned away because one address, or all together, had too many.',
    labelNames: ['code'],
    registers: [this.registry],
  });
  readonly clientsCut = new Counter({
    name: 'paddock_clients_cut_total',
    help: 'Connections that were cut because the client sent or took too slowly.',
    labelNames: ['reason'],
    registers: [this.registry],
  });
  readonly requestsLimited = new Counter({
    name: 'paddock_requests_limited_total',
    help: 'Requests that were refused because an address or a person made too many in a minute.',
    labelNames: ['policy'],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }
}
