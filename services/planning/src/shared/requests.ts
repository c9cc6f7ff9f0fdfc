import type { OrganisationId, PersonId, UserId } from '@waymark/kernel';
import { Handle, IdList, PartList, RecordingRequest } from '@waymark/nest';
import type { Around, Professional } from '@waymark/planning-domain';

/** A member of staff, and the organisation they work for here. */
export class ProfessionalAroundRequest {
  @Handle({ example: 'dana' }) user!: string;
  @Handle({ example: 'fenbank-primary' }) organisation!: string;
}

export class AroundRequest {
  @IdList({ description: 'Members of the family, and of its network.' }) people!: string[];
  @PartList(() => ProfessionalAroundRequest) professionals!: ProfessionalAroundRequest[];
}

export const professional = ({ user, organisation }: ProfessionalAroundRequest): Professional => ({
  user: user as UserId,
  organisation: organisation as OrganisationId,
});

export const persons = (ids: readonly string[]): readonly PersonId[] => ids as readonly PersonId[];

export const around = ({ people, professionals }: AroundRequest): Around => ({
  people: persons(people),
  professionals: professionals.map(professional),
});

/** Something recorded about people and professionals. */
export class AroundRecordingRequest extends RecordingRequest {
  @IdList({ description: 'Members of the family, and of its network.' }) people!: string[];
  @PartList(() => ProfessionalAroundRequest) professionals!: ProfessionalAroundRequest[];
}
