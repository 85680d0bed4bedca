import { rmSync } from 'node:fs';
import { freePort } from './free-port.js';
import { startPaddock, type Running } from './command-line.js';
import { until } from './processes.js';

/** A real `paddock witness` process; it keeps address, key and memory over restarts. */
export class WitnessProcess {
  url = '';
  vkey = '';
  private running: Running | undefined;
  private port = 0;

  constructor(
    readonly name: string,
    private readonly folder: string,
  ) {}

  async start(...logs: string[]): Promise<this> {
    this.port ||= await freePort();
    this.url = `http://127.0.0.1:${this.port}`;
    const args = ['witness', '--name', this.name, '--state', this.folder, '--listen', `127.0.0.1:${this.port}`, '--log', ...logs];
    this.running = startPaddock('http://127.0.0.1:1', undefined, args);
    let said = '';
    this.running.process.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await until('the witness listens', 30_000, () => /witnessing/.test(said));
    this.vkey = said.split('\n')[0]!;
    return this;
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.running?.process.kill(signal);
    return (await this.running?.ended)?.code ?? null;
  }

  async remove(): Promise<void> {
    await this.stop('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  async add(body: string | Uint8Array): Promise<{ status: number; type: string | null; text: string }> {
    const answer = await fetch(`${this.url}/add-checkpoint`, { method: 'POST', body: body as BodyInit });
    return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
  }
}
