import type { CarriesConsent } from '@waymark/consent';
import { accept, type Command, type EventOf } from '@waymark/kernel';
import { prompt, SafetyConcernRaised, type PromptRaised } from './prompts.js';

/** The data of an event, as a command that asks for exactly that event carries it. */
export type DataOf<D> = EventOf<D> extends { readonly data: infer Data } ? Readonly<Data> : never;

/** The command's own fields, as the event that it asks for takes them. */
export const dataOf = <C extends Command>({
  kind: _kind,
  caseId: _caseId,
  meta: _meta,
  consent: _consent,
  ...data
}: C & CarriesConsent): Omit<C, keyof Command | 'consent'> => data;

export type RaiseSafetyConcern = Command<'RaiseSafetyConcern'> & DataOf<typeof SafetyConcernRaised>;

/** FD-11: recorded and answered with the route at once, in whatever state the work is. */
export const raiseSafetyConcern = (command: RaiseSafetyConcern) =>
  accept<PromptRaised | EventOf<typeof SafetyConcernRaised>>(
    SafetyConcernRaised(dataOf(command)),
    prompt('follow-safeguarding-procedure', command.concernId),
  );
