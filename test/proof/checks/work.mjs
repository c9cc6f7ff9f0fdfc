// What was to be done because of something, and was done once: workflows, processes, deadlines.
import { published } from './told.mjs';

const inputsOf = ({ over, handles }, record, services) => {
  const types = new Set(handles.map(({ type }) => type));
  return (over === 'own-events' ? record.events : published(record, services)).filter(({ type }) => types.has(type));
};

/** Every input of a workflow is remembered once. */
export const workflows = (record, services) => {
  const faults = [];
  for (const service of services) {
    const memories = record.events.filter(({ type }) => type === `${service.name}.WorkflowAdvanced.v1`);
    for (const definition of service.workflows) {
      const { name, instance } = definition.workflow;
      const remembered = Map.groupBy(
        memories.filter(({ data }) => data.workflow === name),
        ({ data }) => data.inputId,
      );
      for (const input of inputsOf(definition, record, services)) {
        const wanted = instance({ ...input, caseId: input.caseId ?? input.key }) === null ? 0 : 1;
        const times = remembered.get(input.id)?.length ?? 0;
        if (times !== wanted) faults.push(`${service.name}.${name} took ${input.type} ${input.id} in ${times} times, not ${wanted}`);
      }
    }
  }
  return faults;
};

const asMany = (events, what, asked, made, key) => {
  const count = (wanted) => Map.groupBy(events.filter(wanted), key);
  const [askedFor, done] = [count(asked), count(made)];
  return [...new Set([...askedFor.keys(), ...done.keys()])]
    .filter((id) => (askedFor.get(id)?.length ?? 0) !== (done.get(id)?.length ?? 0))
    .map((id) => `${what} ${id}: asked for ${askedFor.get(id)?.length ?? 0} times, done ${done.get(id)?.length ?? 0} times`);
};

/** One hub enquiry a triage that asks for it, one MASH enquiry a request, one triage a MASH decision, one telling a final outcome. */
export const processes = ({ events }) => {
  const is = (type) => (event) => event.type === `referral.${type}.v1`;
  const isFinal = ({ type, data }) =>
    (type === 'referral.ContactTriaged.v1' && data.outcome !== 'early-help-hub-enquiry') ||
    (type === 'referral.HubEnquiryDecided.v1' && data.end !== 'back-to-mash');
  const told = (event) => is('ReferrerTold')(event) || is('ReferrerNotTold')(event);
  const hubAsked = (event) => is('ContactTriaged')(event) && event.data.hubEnquiryId !== null;
  const byMash = (event) => is('ContactTriaged')(event) && event.data.mashEnquiryId !== null;
  return [
    ...asMany(events, 'the hub enquiry', hubAsked, is('HubEnquiryOpened'), ({ data }) => data.hubEnquiryId),
    ...asMany(events, 'the MASH enquiry', is('MashEnquiryRequested'), is('MashEnquiryOpened'), ({ data }) => data.enquiryId),
    ...asMany(
      events,
      'the triage after the MASH enquiry',
      is('MashEnquiryDecided'),
      byMash,
      ({ data }) => data.mashEnquiryId ?? data.enquiryId,
    ),
    ...asMany(events, 'telling the outcome of contact', isFinal, told, ({ data }) => data.contactId),
  ];
};

/** Whatever was due by now was met or missed, and missed and reminded once at most. */
export const deadlines = ({ events }, now) => {
  const of = (what) =>
    Map.groupBy(
      events.filter(({ type }) => type.endsWith(`.Deadline${what}.v1`)),
      ({ data }) => data.deadlineId,
    );
  const [set, met, missed, reminded, cancelled] = ['Set', 'Met', 'Missed', 'Reminded', 'Cancelled'].map(of);
  const faults = [];
  for (const [id, settings] of set) {
    const { dueAt } = settings.at(-1).data;
    const ends = [met, missed, cancelled].reduce((sum, kind) => sum + (kind.get(id)?.length ?? 0), 0);
    if (dueAt < now && ends === 0) faults.push(`the deadline ${id} was due at ${dueAt} and nothing happened by ${now}`);
    for (const [kind, found] of [
      ['missed', missed.get(id)],
      ['reminded', reminded.get(id)],
    ])
      if ((found?.length ?? 0) > settings.length) faults.push(`the deadline ${id} was ${kind} ${found.length} times`);
    for (const miss of missed.get(id) ?? [])
      if (miss.occurredAt < miss.data.dueAt) faults.push(`the deadline ${id} was missed before it was due`);
  }
  return faults;
};
