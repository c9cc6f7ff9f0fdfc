import { describe, expect, it } from '@jest/globals';
import { triageOutcomes, hubEnds } from '@waymark/referral-domain';
import { practiceOfTheContexts } from '../history/domain-catalogue.js';
import { leads, projectedTypes } from './case-list.projection.js';
import { searchFor, searchWords } from './search-words.js';
import { stageAfter, stageSteps } from './stage.js';

const practice = practiceOfTheContexts();

describe('what the list of cases takes from the record', () => {
  it.each([...Object.keys(stageSteps), ...projectedTypes])('%s is an event that a context writes', (type) => {
    expect(practice.definitionOf(type)?.type).toBe(type);
  });

  it.each([...leads])('%s says who leads', (type) => {
    expect(Object.keys(practice.definitionOf(type)?.schema.shape ?? {})).toContain('leadProfessional');
  });

  it.each(triageOutcomes)('the outcome %s of a triage is a stage', (outcome) => {
    expect(stageAfter('contact', { type: 'referral.ContactTriaged.v1', data: { outcome } })).not.toBe('contact');
  });

  it.each(hubEnds)('the end %s of a hub enquiry is a stage', (end) => {
    expect(stageAfter('hub-enquiry', { type: 'referral.HubEnquiryDecided.v1', data: { end } })).not.toBe('hub-enquiry');
  });

  it('a refusal does not undo a consent that was given', () => {
    expect(stageAfter('consent', { type: 'assessment.ConsentRefused.v1', data: {} })).toBe('consent');
    expect(stageAfter('contact', { type: 'assessment.ConsentRefused.v1', data: {} })).toBe('refused');
  });
});

describe('the words of a search', () => {
  it('are every beginning of every word, without accents or case', () => {
    expect(searchWords(['Zoë', "O'N"])).toEqual(['n', 'o', 'z', 'zo', 'zoe']);
  });

  it('of what is looked for are whole words', () => {
    expect(searchFor(' Zoë  o’n ')).toEqual(['zoe', 'o', 'n']);
  });

  it('are cut alike on both sides, so that a very long name is found', () => {
    const name = 'Llanfairpwllgwyngyllgogerychwyrndrobwll';
    expect(searchWords([name])).toContain(searchFor(name)?.[0]);
  });

  it('are none where there is no letter, and not too many', () => {
    expect(searchFor(' -- ')).toBeUndefined();
    expect(searchFor('a b c d e f g h i')).toBeUndefined();
  });
});
