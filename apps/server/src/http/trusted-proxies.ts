import proxyAddr from '@fastify/proxy-addr';
import type { Config } from '../config.js';

/** Whether an address is one of PADDOCK_TRUSTED_PROXIES; undefined where nobody is trusted. */
export function trustedProxies({ PADDOCK_TRUSTED_PROXIES: proxies }: Config) {
  return proxies === undefined ? undefined : proxyAddr.compile(proxies.split(',').map((one) => one.trim()));
}
