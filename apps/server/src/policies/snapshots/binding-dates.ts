import type { MakeEffective } from '@paddock/contracts';
import { bindingFrom, type BindingDates } from '@paddock/domain';

/** As the API takes them: instants are text. */
export function bindingDates({ effectiveFrom, reacceptance, reacceptFrom }: MakeEffective, now: Date): BindingDates {
  const moment = (text: string | undefined) => (text === undefined ? undefined : new Date(text));
  return bindingFrom({ effectiveFrom: moment(effectiveFrom), reacceptance, reacceptFrom: moment(reacceptFrom) }, now);
}
