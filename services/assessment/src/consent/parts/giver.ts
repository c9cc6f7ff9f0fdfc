import { capacities, type Capacity, type Giver } from '@waymark/assessment-domain';
import type { Day, PersonId } from '@waymark/kernel';
import { CalendarDay, Code, Id } from '@waymark/nest';

export class GiverRequest {
  @Id() personId!: string;
  @Code(capacities) capacity!: Capacity;
  @CalendarDay({ optional: true, description: 'Of whoever answers on their own behalf (CON-04).' }) dateOfBirth?: string;
}

export const giverOf = ({ personId, capacity, dateOfBirth }: GiverRequest): Giver => ({
  personId: personId as PersonId,
  capacity,
  dateOfBirth: (dateOfBirth ?? null) as Day | null,
});
