import { z } from 'zod';
import { flag } from './flag-setting.js';

/** What is set of tracker and seeder. */
export const torrentSettings = {
  PADDOCK_REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    .optional()
    .describe('Valkey or Redis that keeps the swarms of several trackers. Default: each process keeps its own in memory.'),
  PADDOCK_ANNOUNCE_SECONDS: z.coerce
    .number()
    .int()
    .min(2)
    .max(7200)
    .default(1800)
    .describe('How often torrent clients are asked to announce themselves.'),
  PADDOCK_PASSKEY_ADDRESSES: z.coerce
    .number()
    .int()
    .min(1)
    .max(10_000)
    .default(16)
    .describe('Addresses that one passkey may be used from at a time; more are refused and make a sighting.'),
  PADDOCK_SEEDER: flag.default(true).describe('Share the torrents of releases that somebody announces, besides serving them as webseed.'),
  PADDOCK_SEEDER_PORT: z.coerce.number().int().min(0).max(65535).default(0).describe('Port that peers connect to; 0 takes a free one.'),
  PADDOCK_SEEDER_HOST: z
    .union([z.ipv4(), z.ipv6()])
    .optional()
    .describe('Address that the seeder listens on, where peers reach it past the proxy in front of the portal. Default: PADDOCK_HOST.'),
  PADDOCK_SEEDER_ADDRESS: z
    .union([z.ipv4(), z.ipv6()])
    .optional()
    .describe('Address that peers are told of the seeder. Default: PADDOCK_HOST on loopback; beyond it there is no seeder without it.'),
  PADDOCK_SEEDER_CONNECTIONS: z.coerce.number().int().min(1).max(10_000).default(200).describe('Peers that the seeder serves at a time.'),
  PADDOCK_SEEDER_CONNECTIONS_PER_ADDRESS: z.coerce
    .number()
    .int()
    .min(1)
    .max(10_000)
    .default(50)
    .describe('Peers of one address that the seeder serves at a time.'),
  PADDOCK_SEEDER_MEGABYTES: z.coerce
    .number()
    .min(0.1)
    .max(100_000)
    .default(100)
    .describe('Megabytes that the seeder sends in a second at most.'),
};
