import { HeldCommands, HOLD_MS, type Held } from './held-commands.js';

const approve = (id: string) => ({ command: 'approve', requests: [{ id }] }) as const;

describe('held commands', () => {
  let sent: string[];
  let held: HeldCommands;
  beforeEach(() => {
    jest.useFakeTimers();
    sent = [];
    const send = ({ decision }: Held) => void sent.push(...decision.requests.map(({ id }) => id));
    const after = (ms: number, then: () => void) => {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    };
    held = new HeldCommands(send, { now: () => Date.now(), after });
  });
  afterEach(() => jest.useRealTimers());

  test('are sent after ten seconds, each for itself, and once', () => {
    held.hold(approve('a'), 'Ada');
    jest.advanceTimersByTime(HOLD_MS - 1);
    held.hold(approve('b'), 'Bob');
    expect(sent).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(sent).toEqual(['a']);
    expect(held.all().map(({ about }) => about)).toEqual(['Bob']);
    held.sendAll();
    jest.advanceTimersByTime(HOLD_MS);
    expect(sent).toEqual(['a', 'b']);
  });

  test('are undone, the latest first, and never sent then', () => {
    held.hold(approve('a'), 'Ada');
    held.hold(approve('b'), 'Bob');
    expect(held.undo()?.about).toBe('Bob');
    expect(held.undo(99)).toBeUndefined();
    jest.advanceTimersByTime(HOLD_MS);
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
