import type { Config } from '../../config.js';
import type { Runtime } from '../../http/runtime.js';
import { MemorySwarms } from './memory-swarms.js';
import { RedisSwarms } from './redis-swarms.js';
import type { SwarmLimits, Swarms } from './swarms.js';

export function limitsOf(config: Config): SwarmLimits {
  const interval = config.PADDOCK_ANNOUNCE_SECONDS;
  return { interval, minInterval: Math.ceil(interval / 4), addresses: config.PADDOCK_PASSKEY_ADDRESSES };
}

export function swarmsFor(runtime: Runtime): Swarms {
  const { PADDOCK_REDIS_URL: url } = runtime.config;
  const seconds = () => Math.floor(Date.now() / 1000);
  const limits = limitsOf(runtime.config);
  return url ? RedisSwarms.at(url, limits, seconds, runtime.logger) : new MemorySwarms(limits, seconds);
}
