import { HeldCommands, HOLD_MS, type Held } from './held-commands.js';

const approve = (id: string) => ({ command: 'approve', requests: [{ id }] }) as const;

describe('held commands', () => {
  let sent: string[];
  let held: HeldCommands;
  let now: number;
  let timers: { at: number; run: () => void }[];
  beforeEach(() => {
    [sent, now, timers] = [[], 0, []];
    const send = ({ decision }: Held) => void sent.push(...decision.requests.map(({ id }) => id));
    const after = (ms: number, run: () => void) => {
      const timer = { at: now + ms, run };
      timers.push(timer);
      return () => void (timers = timers.filter((one) => one !== timer));
    };
    held = new HeldCommands(send, { now: () => now, after });
  });
  const pass = (ms: number) => {
    now += ms;
    for (const { run } of timers.filter(({ at }) => at <= now)) run();
  };

  test('are sent after ten seconds, each for itself, and once', () => {
    held.hold(approve('a'), 'Ada');
    pass(HOLD_MS - 1);
    held.hold(approve('b'), 'Bob');
    expect(sent).toEqual([]);
    pass(1);
    expect(sent).toEqual(['a']);
    expect(held.all().map(({ about }) => about)).toEqual(['Bob']);
    held.sendAll();
    pass(HOLD_MS);
    expect(sent).toEqual(['a', 'b']);
  });

  test('are undone, the latest first, and never sent then', () => {
    held.hold(approve('a'), 'Ada');
    held.hold(approve('b'), 'Bob');
    expect(held.undo()?.about).toBe('Bob');
    expect(held.undo(99)).toBeUndefined();
    pass(HOLD_MS);
    expect(sent).toEqual(['a']);
    expect(held.undo()).toBeUndefined();
  });

  test('tell whoever watches, and are the same array until something changes', () => {
    let changes = 0;
    const leave = held.subscribe(() => (changes += 1));
    held.hold(approve('a'), 'Ada');
    expect(held.all()).toBe(held.all());
    held.undo();
    leave();
    held.hold(approve('b'), 'Bob');
    expect(changes).toBe(2);
  });
});
