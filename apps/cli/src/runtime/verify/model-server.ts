import { createHash } from 'node:crypto';
import * as z from 'zod';
import { CliFailure, EXIT } from '../../cli-failure.js';
import { parsed, reasonOf } from '../../portal/portal-failures.js';

/** Changing any of it makes the hashes of outputs recorded before incomparable. */
const ASKED = {
  prompt: 'The weights are of use to a researcher when they run.',
  max_tokens: 16,
  temperature: 0,
  seed: 1,
  // Else the length is the model's choice, and a model that says nothing proves nothing.
  ignore_eos: true,
  // What a kept prompt is continued with comes of another order of additions.
  cache_prompt: false,
};
const LONGEST_ANSWER_MS = 30 * 60_000;

const Completion = z.object({
  choices: z.tuple([z.object({ text: z.string().min(1) })]),
  system_fingerprint: z.string().min(1).max(150),
  timings: z.object({ predicted_per_second: z.number().positive() }),
});

export interface Answered {
  engine: string;
  tokensPerSecond: number;
  outputSha256: string;
}

/** llama.cpp's server, which listens on this machine. */
export class ModelServer {
  /** @param key that it was started with: no one else is let in, and no other server that took the port passes for it */
  constructor(
    private readonly port: number,
    private readonly key: string,
  ) {}

  async healthy(): Promise<boolean> {
    const answer = await this.fetch('/health', { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
    return answer?.ok ?? false;
  }

  /** Asks for what follows the fixed prompt. */
  async complete(signal: AbortSignal): Promise<Answered> {
    const within = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_ANSWER_MS)]);
    try {
      const answer = await this.fetch('/v1/completions', { method: 'POST', body: JSON.stringify(ASKED), signal: within });
      const text = await answer.text();
      const read = Completion.safeParse(parsed(text));
      if (!answer.ok || !read.success) throw unusable(`it answered ${answer.status}: ${text.slice(0, 300)}`);
      const { choices, system_fingerprint, timings } = read.data;
      return {
        engine: `llama.cpp ${system_fingerprint}`,
        tokensPerSecond: timings.predicted_per_second,
        outputSha256: createHash('sha256').update(choices[0].text).digest('hex'),
      };
    } catch (error) {
      if (error instanceof CliFailure) throw error;
      throw unusable(reasonOf(error));
    }
  }

  private fetch(path: string, options: RequestInit): Promise<Response> {
    const headers = { authorization: `Bearer ${this.key}`, 'content-type': 'application/json' };
    return fetch(`http://127.0.0.1:${this.port}${path}`, { ...options, headers, redirect: 'error' });
  }
}

function unusable(detail: string): CliFailure {
  const remedy = 'The image must run the server of llama.cpp, as the images do that infra/images/runtime builds.';
  return new CliFailure('completion-failed', `the model was loaded but did not answer: ${detail}`, remedy, EXIT.refusedHere);
}
