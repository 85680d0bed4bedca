/** How long a decision waits before it is sent. */
export const HOLD_MS = 10_000;

export interface Decision {
  command: 'approve' | 'reject' | 'return';
  reason?: string;
  requests: readonly { id: string; seen?: { licenseVersion: string; answersHash: string } }[];
}

export interface Held {
  id: number;
  decision: Decision;
  /** Whom it is about, for whoever undoes it. */
  about: string;
  dueAt: number;
}

interface Clock {
  now(): number;
  /** Runs `then` after so many milliseconds; what it gives stops that. */
  after(ms: number, then: () => void): () => void;
}

/**
 * Decisions that were made and are not sent yet: within ten seconds each can be undone, wherever in the portal one has gone.
 * What is still held when the window closes is sent at once, for nobody can undo it any more.
 */
export class HeldCommands {
  private held: readonly (Held & { stop: () => void })[] = [];
  private readonly listeners = new Set<() => void>();
  private made = 0;

  constructor(
    private readonly send: (held: Held) => void,
    private readonly clock: Clock,
  ) {}

  /** The same array until something changes, as React wants it. */
  readonly all = (): readonly Held[] => this.held;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  hold(decision: Decision, about: string): void {
    const id = (this.made += 1);
    const stop = this.clock.after(HOLD_MS, () => this.sendNow(id));
    this.set([...this.held, { id, decision, about, dueAt: this.clock.now() + HOLD_MS, stop }]);
  }

  /** Of the one named, or of the latest. Gives what was undone. */
  undo(id?: number): Held | undefined {
    const undone = id === undefined ? this.held.at(-1) : this.held.find((held) => held.id === id);
    if (undone) this.drop(undone.id);
    return undone;
  }

  sendNow(id: number): void {
    const due = this.held.find((held) => held.id === id);
    if (!due) return;
    this.drop(id);
    this.send(due);
  }

  sendAll(): void {
    for (const { id } of this.held) this.sendNow(id);
  }

  private drop(id: number): void {
    this.held.find((held) => held.id === id)?.stop();
    this.set(this.held.filter((held) => held.id !== id));
  }

  private set(held: typeof this.held): void {
    this.held = held;
    for (const listener of this.listeners) listener();
  }
}
