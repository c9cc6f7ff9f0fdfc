import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { freeTextInAddresses } from '@waymark/nest';
import { world, type World } from './world.js';

let on: World;
beforeEach(async () => {
  on = await world();
});
afterEach(() => on.stop());

describe("reporting's part of the API's description", () => {
  it('describes every address of the API, and no page', async () => {
    const { body } = await on.raw({ method: 'GET', url: '/api/openapi.json' });
    expect(Object.keys(body.paths).filter((path) => path.includes('reporting') || path.startsWith('/cases') || path === '/')).toEqual([
      '/api/reporting/cases',
      '/api/reporting/cases/search',
      '/api/reporting/cases/{caseId}',
      '/api/reporting/overview',
      '/api/reporting/cases/{caseId}/chronology',
      '/api/reporting/cases/{caseId}/state',
      '/api/reporting/cases/{caseId}/replay',
      '/api/reporting/overview/erased',
      '/api/reporting/operation/reactions',
      '/api/reporting/operation/parked',
      '/api/reporting/operation/parked/{reaction}/{key}/replay',
      '/api/reporting/operation/projections/{name}/rebuild',
      '/api/reporting/operation/contracts/{type}/republish',
      '/api/reporting/operation/erasures/{subjectId}',
      '/api/reporting/operation/erasures/{subjectId}/request',
      '/api/reporting/operation/erasures/{subjectId}/withdraw',
      '/api/reporting/operation/erasures/{subjectId}/confirm',
      '/api/reporting/operation/keys/master',
      '/api/reporting/operation/keys/master/replace',
      '/api/reporting/operation/keys/subjects/{subjectId}/replace',
    ]);
    const asked = body.paths['/api/reporting/cases/{caseId}/chronology'].get.parameters.map(({ name }: any) => name);
    expect(asked).toEqual(expect.arrayContaining(['caseId', 'asKnownAt', 'to', 'limit', 'cursor']));
  });

  it('takes no free text in an address, and a name in a body alone', async () => {
    const { body } = await on.raw({ method: 'GET', url: '/api/openapi.json' });
    expect(freeTextInAddresses(body)).toEqual([]);
    expect(Object.keys(body.paths['/api/reporting/cases/search'])).toEqual(['post']);
    expect(body.components.schemas.CaseSearchRequest.required).toEqual(['search']);
  });
});
