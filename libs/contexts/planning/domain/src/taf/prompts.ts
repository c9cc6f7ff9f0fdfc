import type { PolicyPack } from '@waymark/policy';
import type { HoldTaf } from './commands.js';
import * as events from './events.js';
import type { TafEvent } from './events.js';
import { headcount, meetingOf, nobody, together, without, type Taf } from './state.js';

/** What a meeting left out, as prompts: none of it stops the meeting. */
export const missingAfter = (command: HoldTaf, taf: Taf, pack: PolicyPack): readonly TafEvent[] => [
  ...viewsMissing(command, taf),
  ...(taf.lastHeldAt === null ? topicsMissing(command, pack) : impactMissing(command)),
];

/** TAF-05 */
const viewsMissing = ({ episodeId, meetingId, attended, represented }: HoldTaf, taf: Taf): TafEvent[] => {
  const { invited, viewsOf } = meetingOf(taf, meetingId);
  const there = { people: attended.people.map(({ personId }) => personId), professionals: attended.professionals };
  const heard = together(together(there, viewsOf), { ...nobody, people: represented.map(({ personId }) => personId) });
  const unheard = without(invited, heard);
  return headcount(unheard) > 0 ? [events.ViewsMissing({ episodeId, meetingId, ...unheard })] : [];
};

/** TAF-07 */
const topicsMissing = ({ episodeId, meetingId, discussed }: HoldTaf, { firstTafAgenda }: PolicyPack): TafEvent[] => {
  const topics = Object.keys(firstTafAgenda).filter((topic) => !discussed.includes(topic));
  return topics.length > 0 ? [events.TopicsMissing({ episodeId, meetingId, topics })] : [];
};

/** TAF-08 */
const impactMissing = ({ episodeId, meetingId, impact }: HoldTaf): TafEvent[] =>
  impact === undefined ? [events.ImpactMissing({ episodeId, meetingId })] : [];
