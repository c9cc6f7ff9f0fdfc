// Made by `npx nx answers tools` from the return types of the controllers. Not to be changed by hand.
import type { AnswerSchemas } from '@waymark/nest';

export const answers: AnswerSchemas = {
  answers: {
    GetContact_get: { $ref: '#/components/schemas/ContactView' },
    GetHubEnquiry_get: { $ref: '#/components/schemas/HubEnquiryView' },
    GetMashEnquiry_get: { $ref: '#/components/schemas/MashEnquiryView' },
    ListContacts_list: {
      type: 'object',
      properties: { items: { type: 'array', items: { $ref: '#/components/schemas/InboxEntry' } }, next: { type: 'string' } },
      required: ['items'],
    },
  },
  parts: {
    Actor: {
      type: 'object',
      properties: {
        user: { type: 'string' },
        role: {
          type: 'string',
          enum: [
            'auditor',
            'hub-coordinator',
            'lead-professional',
            'manager',
            'panel-member',
            'practitioner',
            'public',
            'social-worker',
            'support-officer',
            'system',
            'targeted-support-manager',
            'triage-officer',
          ],
        },
        organisation: { type: 'string' },
      },
      required: ['user', 'role', 'organisation'],
    },
    Asked: {
      type: 'object',
      properties: {
        agency: { type: 'string' },
        organisation: { type: ['string', 'null'] },
        replyBy: { type: ['string', 'null'], format: 'date-time' },
        answer: { type: 'string', enum: ['awaited', 'refused', 'shared', 'silent'] },
      },
      required: ['agency', 'organisation', 'replyBy', 'answer'],
    },
    ContactView: {
      type: 'object',
      properties: {
        contactId: { type: 'string', format: 'uuid' },
        authority: { type: 'string', enum: ['cambridgeshire', 'peterborough'] },
        receivedAt: { type: 'string', format: 'date-time' },
        opensCase: { type: 'boolean' },
        source: { type: 'string', enum: ['professional', 'public'] },
        organisation: { type: ['string', 'null'] },
        child: {
          type: 'object',
          properties: {
            personId: { type: 'string', format: 'uuid' },
            name: { anyOf: [{ type: 'null' }, { type: 'string' }, { $ref: '#/components/schemas/Erased' }] },
            birth: { anyOf: [{ type: 'string', enum: ['known', 'unborn', 'unknown'] }, { $ref: '#/components/schemas/Erased' }] },
            dateOfBirth: { anyOf: [{ type: 'null' }, { $ref: '#/components/schemas/Erased' }, { type: 'string', format: 'date' }] },
          },
          required: ['personId', 'name', 'birth', 'dateOfBirth'],
        },
        household: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              personId: { type: 'string', format: 'uuid' },
              name: { anyOf: [{ type: 'null' }, { type: 'string' }, { $ref: '#/components/schemas/Erased' }] },
              relationship: {
                anyOf: [
                  {
                    type: 'string',
                    enum: [
                      'carer',
                      'father',
                      'grandparent',
                      'mother',
                      'other',
                      'other-relative',
                      'partner-of-parent',
                      'sibling',
                      'step-parent',
                    ],
                  },
                  { $ref: '#/components/schemas/Erased' },
                ],
              },
            },
            required: ['personId', 'name', 'relationship'],
          },
        },
        concern: { anyOf: [{ type: 'string' }, { $ref: '#/components/schemas/Erased' }] },
        reasons: { anyOf: [{ $ref: '#/components/schemas/Erased' }, { type: 'array', items: { type: 'string' } }] },
        immediateConcern: { type: 'boolean' },
        referrer: {
          anyOf: [
            { type: 'null' },
            {
              type: 'object',
              properties: {
                personId: { type: 'string', format: 'uuid' },
                name: { anyOf: [{ type: 'null' }, { type: 'string' }, { $ref: '#/components/schemas/Erased' }] },
                contactDetails: { anyOf: [{ type: 'null' }, { type: 'string' }, { $ref: '#/components/schemas/Erased' }] },
              },
              required: ['personId', 'name', 'contactDetails'],
            },
            { $ref: '#/components/schemas/Withheld' },
          ],
        },
        id: { type: 'string' },
        caseId: { type: ['string', 'null'] },
        version: { type: 'number' },
        reference: { type: 'string' },
        status: { type: 'string', enum: ['in-mash-enquiry', 'received', 'triaged'] },
        mashEnquiryId: { type: 'string' },
        triage: {
          type: 'object',
          properties: {
            contactId: { type: 'string', format: 'uuid' },
            outcome: {
              type: 'string',
              enum: ['advice-and-information', 'childrens-social-care', 'early-help-hub-enquiry', 'no-further-action'],
            },
            rationale: { anyOf: [{ type: 'null' }, { type: 'string' }, { $ref: '#/components/schemas/Erased' }] },
            decidedBy: { type: 'string' },
            threshold: {
              type: ['object', 'null'],
              properties: {
                level: {
                  anyOf: [{ type: 'string', enum: ['specialist', 'targeted', 'universal'] }, { $ref: '#/components/schemas/Erased' }],
                },
                topOfLevel: { anyOf: [{ type: 'boolean' }, { $ref: '#/components/schemas/Erased' }] },
                indicators: { anyOf: [{ $ref: '#/components/schemas/Erased' }, { type: 'array', items: { type: 'string' } }] },
                reasoning: { anyOf: [{ type: 'string' }, { $ref: '#/components/schemas/Erased' }] },
              },
              required: ['level', 'topOfLevel', 'indicators', 'reasoning'],
            },
            mashEnquiryId: { type: ['string', 'null'], format: 'uuid' },
            hubEnquiryId: { type: ['string', 'null'], format: 'uuid' },
          },
          required: ['contactId', 'outcome', 'rationale', 'decidedBy', 'threshold', 'mashEnquiryId', 'hubEnquiryId'],
        },
        referrerTold: {
          type: 'object',
          properties: {
            contactId: { type: 'string', format: 'uuid' },
            outcome: {
              type: 'string',
              enum: ['advice-and-information', 'childrens-social-care', 'early-help-hub-enquiry', 'no-further-action'],
            },
            hubEnd: { type: ['string', 'null'], enum: ['advice', 'back-to-mash', 'eha-recommended', null] },
            nextStep: { type: 'string', enum: ['advice-given', 'assessment-recommended', 'none', 'social-care-assessment'] },
            way: { type: 'string', enum: ['in-person', 'letter', 'message-to-organisation', 'reply-to-contact-details', 'telephone'] },
            organisation: { type: ['string', 'null'] },
          },
          required: ['contactId', 'outcome', 'hubEnd', 'nextStep', 'way', 'organisation'],
        },
      },
      required: ['id', 'caseId', 'version', 'status'],
    },
    Deadline: {
      type: 'object',
      properties: {
        deadlineId: { type: 'string', format: 'uuid' },
        rule: { type: 'string' },
        about: { type: ['string', 'null'], format: 'uuid' },
        dueAt: { type: 'string', format: 'date-time' },
        remindAt: { type: ['string', 'null'], format: 'date-time' },
        reminded: { type: 'boolean' },
        status: { type: 'string', enum: ['cancelled', 'met', 'missed', 'open'] },
        breached: { type: 'boolean' },
      },
      required: ['deadlineId', 'rule', 'about', 'dueAt', 'remindAt', 'reminded', 'status', 'breached'],
    },
    Erased: { type: 'object', properties: { erased: { type: 'boolean', const: true } }, required: ['erased'] },
    HubEnquiryView: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        caseId: { type: 'string' },
        version: { type: 'number' },
        enquiry: {
          anyOf: [
            { type: 'object', properties: { status: { type: 'string', const: 'none' } }, required: ['status'] },
            {
              type: 'object',
              properties: {
                hubEnquiryId: { type: 'string', format: 'uuid' },
                contactId: { type: 'string', format: 'uuid' },
                openedAt: { type: 'string', format: 'date-time' },
                status: { type: 'string', const: 'open' },
              },
              required: ['hubEnquiryId', 'contactId', 'openedAt', 'status'],
            },
            {
              type: 'object',
              properties: {
                hubEnquiryId: { type: 'string', format: 'uuid' },
                contactId: { type: 'string', format: 'uuid' },
                openedAt: { type: 'string', format: 'date-time' },
                end: { type: 'string', enum: ['advice', 'back-to-mash', 'eha-recommended'] },
                agency: { type: ['string', 'null'] },
                rationale: { anyOf: [{ type: 'string' }, { $ref: '#/components/schemas/Erased' }] },
                decidedAt: { type: 'string', format: 'date-time' },
                decidedBy: { $ref: '#/components/schemas/Actor' },
                status: { type: 'string', const: 'decided' },
              },
              required: ['hubEnquiryId', 'contactId', 'openedAt', 'end', 'agency', 'rationale', 'decidedAt', 'decidedBy', 'status'],
            },
          ],
        },
      },
      required: ['id', 'caseId', 'version', 'enquiry'],
    },
    InboxEntry: {
      type: 'object',
      properties: {
        caseId: { type: ['string', 'null'] },
        reference: { type: ['string', 'null'] },
        authority: { type: 'string' },
        receivedAt: { type: 'string' },
        organisation: { type: ['string', 'null'] },
        immediateConcern: { type: 'boolean' },
        status: { type: 'string', enum: ['in-mash-enquiry', 'received', 'triaged'] },
        outcome: { type: ['string', 'null'] },
        mashEnquiryId: { type: ['string', 'null'] },
        hubEnquiryId: { type: ['string', 'null'] },
        id: { type: 'string' },
      },
      required: [
        'caseId',
        'reference',
        'authority',
        'receivedAt',
        'organisation',
        'immediateConcern',
        'status',
        'outcome',
        'mashEnquiryId',
        'hubEnquiryId',
        'id',
      ],
    },
    MashEnquiryView: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        caseId: { type: 'string' },
        version: { type: 'number' },
        enquiry: {
          anyOf: [
            { type: 'object', properties: { status: { type: 'string', const: 'none' } }, required: ['status'] },
            {
              type: 'object',
              properties: {
                enquiryId: { type: 'string', format: 'uuid' },
                contactId: { type: 'string', format: 'uuid' },
                receivedAt: { type: 'string', format: 'date-time' },
                asked: { type: 'array', items: { $ref: '#/components/schemas/Asked' } },
                status: { type: 'string', const: 'open' },
              },
              required: ['enquiryId', 'contactId', 'receivedAt', 'asked', 'status'],
            },
            {
              type: 'object',
              properties: {
                enquiryId: { type: 'string', format: 'uuid' },
                contactId: { type: 'string', format: 'uuid' },
                receivedAt: { type: 'string', format: 'date-time' },
                asked: { type: 'array', items: { $ref: '#/components/schemas/Asked' } },
                outcome: {
                  type: 'string',
                  enum: ['advice-and-information', 'childrens-social-care', 'early-help-hub-enquiry', 'no-further-action'],
                },
                rationale: { anyOf: [{ type: 'string' }, { $ref: '#/components/schemas/Erased' }] },
                decidedAt: { type: 'string', format: 'date-time' },
                decidedBy: { $ref: '#/components/schemas/Actor' },
                status: { type: 'string', const: 'decided' },
              },
              required: ['enquiryId', 'contactId', 'receivedAt', 'asked', 'outcome', 'rationale', 'decidedAt', 'decidedBy', 'status'],
            },
          ],
        },
        deadlines: { type: 'array', items: { $ref: '#/components/schemas/Deadline' } },
      },
      required: ['id', 'caseId', 'version', 'enquiry', 'deadlines'],
    },
    Withheld: {
      type: 'object',
      properties: { withheld: { type: 'boolean', const: true }, rule: { type: 'string' } },
      required: ['withheld', 'rule'],
    },
  },
};
