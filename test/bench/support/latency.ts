import { Agent, get } from 'node:http';
import { median } from './rounds.ts';

/** Median milliseconds from a GET to the end of its answer, one after another over one connection. */
export async function medianLatency(url: string, headers: Record<string, string>, count: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const latencies: number[] = [];
  for (let n = 0; n < count; n++) {
    const begin = performance.now();
    await whole(url, headers, agent);
    latencies.push(performance.now() - begin);
  }
  agent.destroy();
  return median(latencies);
}

function whole(url: string, headers: Record<string, string>, agent: Agent): Promise<void> {
  return new Promise((done, fail) => {
    get(url, { agent, headers }, (response) => {
      if (response.statusCode !== 200) return fail(new Error(`${url} was answered with ${response.statusCode}`));
      response.on('end', done).on('error', fail).resume();
    }).on('error', fail);
  });
}
