const HOUR = 3_600_000;

/** How often a policy's source is captured, in milliseconds; null for only when somebody asks. */
export const SCHEDULES = { manual: null, hourly: HOUR, daily: 24 * HOUR, weekly: 7 * 24 * HOUR } as const;

export type Schedule = keyof typeof SCHEDULES;
export const SCHEDULE_NAMES = Object.keys(SCHEDULES) as [Schedule, ...Schedule[]];

export function nextCapture(schedule: Schedule, after: Date): Date | null {
  const every = SCHEDULES[schedule];
  return every === null ? null : new Date(after.getTime() + every);
}
