import { badRequest } from '@waymark/nest';
import type { ProfessionalAroundRequest } from './requests.js';

interface Either {
  readonly personId?: string;
  readonly professional?: ProfessionalAroundRequest;
}

/**
 * Reads a request that names a member of the family or a professional.
 * @throws Problem 400 when it names neither, or both
 */
export const oneOf = <P, Q>(
  { personId, professional }: Either,
  ofPerson: (personId: string) => P,
  ofProfessional: (professional: ProfessionalAroundRequest) => Q,
): P | Q => {
  if (personId !== undefined && professional === undefined) return ofPerson(personId);
  if (professional !== undefined && personId === undefined) return ofProfessional(professional);
  throw badRequest('name a person of the family or a professional, one of the two', { field: 'personId' });
};
