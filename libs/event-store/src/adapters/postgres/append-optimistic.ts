import type { Instant } from '@waymark/kernel';
import { toPosition } from '../place.js';
import { intArray, textArray, uuidArray } from './arrays.js';
import type { Call } from './call.js';
import type { Heads } from './heads.js';
import { callOf, columnsOf, membersOf, versionOf, type AppendRequest } from './request.js';

/**
 * Appends to streams whose newest version this process knows, and first appends: inserted without a check, for half the cost of checking first.
 * The unique indexes refuse the whole group where another process was faster or a command is repeated; then the group is sent again, checked.
 */
export const known = (heads: Heads): Call => {
  const recordedAt = ({ stream }: AppendRequest, now: Instant): Instant => heads.notBefore(stream, now);
  return {
    query: callOf('append_known', 14),
    values: (group, now) => {
      const members = membersOf(group);
      return [
        textArray(members.map(({ request }) => request.stream)),
        intArray(members.map(({ request, nth }) => versionOf(request.expected) + nth)),
        intArray(members.map(({ request, nth }) => (nth === 1 ? request.events.length : 0))),
        textArray(members.map(({ request }) => recordedAt(request, now))),
        uuidArray(members.map(({ request }) => request.commandId)),
        ...columnsOf(members),
      ];
    },
    outcomes: (group, rows, now) => {
      let place = Number(rows[0]![0]);
      return group.map((request) => {
        const { stream, expected, events } = request;
        place += events.length;
        const [first, last] = [versionOf(expected) + 1, versionOf(expected) + events.length];
        return {
          appended: { stream, first, last, position: toPosition(place), recordedAt: recordedAt(request, now), repeated: false },
        };
      });
    },
  };
};
