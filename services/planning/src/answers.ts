// Made by `npx nx answers tools` from the return types of the controllers. Not to be changed by hand.
import type { AnswerSchemas } from '@waymark/nest';

export const answers: AnswerSchemas = {
  answers: {
    GetEpisode_get: {
      anyOf: [
        {
          type: 'object',
          properties: {
            status: { type: 'string', const: 'none' },
            id: { type: 'string' },
            caseId: { type: 'string' },
            version: { type: 'number' },
            deadlines: { type: 'array', items: {} },
            involved: { $ref: '#/components/schemas/Around' },
            workersAround: { type: 'number' },
            closings: {
              type: 'array',
              items: {
                type: 'object',
                properties: {
                  reason: { anyOf: [{ type: 'string' }, { $ref: '#/components/schemas/Erased' }] },
                  presentCircumstances: { anyOf: [{ type: 'string' }, { $ref: '#/components/schemas/Erased' }] },
                  supportGiven: { anyOf: [{ type: 'string' }, { $ref: '#/components/schemas/Erased' }] },
                  told: {
                    type: 'object',
                    properties: {
                      people: { type: 'array', items: { type: 'string', format: 'uuid' } },
                      professionals: {
                        type: 'array',
                        items: {
                          type: 'object',
                          properties: { user: { type: 'string' }, organisation: { type: 'string' } },
                          required: ['user', 'organisation'],
                        },
                      },
                    },
                    required: ['people', 'professionals'],
                  },
                  servicesStillOpen: {
                    type: 'array',
                    items: {
                      type: 'object',
                      properties: { serviceId: { type: 'string', format: 'uuid' }, organisation: { type: 'string' } },
                      required: ['serviceId', 'organisation'],
                    },
                  },
                  episodeId: { type: 'string', format: 'uuid' },
                },
                required: ['reason', 'presentCircumstances', 'supportGiven', 'told', 'servicesStillOpen', 'episodeId'],
              },
            },
          },
          required: ['status', 'id', 'caseId', 'version', 'deadlines', 'involved', 'workersAround', 'closings'],
        },
        {
          type: 'object',
          properties: {
            status: { type: 'string', const: 'open' },
            closingPrompted: { type: 'boolean' },
            episodeId: { type: 'string', format: 'uuid' },
            ehaId: { type: 'string', format: 'uuid' },
            openedAt: { type: 'string', format: 'date-time' },
            leadProfessional: {
              type: 'object',
              properties: { user: { type: 'string' }, organisation: { type: 'string' } },
              required: ['user', 'organisation'],
            },
            leadSince: { type: 'string', format: 'date-time' },
            confirmed: { type: 'boolean' },
            proposed: { anyOf: [{ type: 'null' }, { $ref: '#/components/schemas/Proposal' }] },
            transfers: { type: 'number' },
            ehaCompletedAt: { type: ['string', 'null'], format: 'date-time' },
            needs: {
              type: 'array',
              items: {
                type: 'object',
                properties: {
                  needId: { type: 'string', format: 'uuid' },
                  code: { anyOf: [{ type: 'string' }, { $ref: '#/components/schemas/Erased' }] },
                },
                required: ['needId'],
              },
            },
            ehaAccepted: { type: 'boolean' },
            services: { type: 'array', items: { $ref: '#/components/schemas/Service' } },
            id: { type: 'string' },
            caseId: { type: 'string' },
            version: { type: 'number' },
            deadlines: { type: 'array', items: {} },
            involved: { $ref: '#/components/schemas/Around' },
            workersAround: { type: 'number' },
            closings: {
              type: 'array',
              items: {
                type: 'object',
                properties: {
                  reason: { anyOf: [{ type: 'string' }, { $ref: '#/components/schemas/Erased' }] },
                  presentCircumstances: { anyOf: [{ type: 'string' }, { $ref: '#/components/schemas/Erased' }] },
                  supportGiven: { anyOf: [{ type: 'string' }, { $ref: '#/components/schemas/Erased' }] },
                  told: {
                    type: 'object',
                    properties: {
                      people: { type: 'array', items: { type: 'string', format: 'uuid' } },
                      professionals: {
                        type: 'array',
                        items: {
                          type: 'object',
                          properties: { user: { type: 'string' }, organisation: { type: 'string' } },
                          required: ['user', 'organisation'],
                        },
                      },
                    },
                    required: ['people', 'professionals'],
                  },
                  servicesStillOpen: {
                    type: 'array',
                    items: {
                      type: 'object',
                      properties: { serviceId: { type: 'string', format: 'uuid' }, organisation: { type: 'string' } },
                      required: ['serviceId', 'organisation'],
                    },
                  },
                  episodeId: { type: 'string', format: 'uuid' },
                },
                required: ['reason', 'presentCircumstances', 'supportGiven', 'told', 'servicesStillOpen', 'episodeId'],
              },
            },
          },
          required: [
            'status',
            'closingPrompted',
            'episodeId',
            'ehaId',
            'openedAt',
            'leadProfessional',
            'leadSince',
            'confirmed',
            'proposed',
            'transfers',
            'ehaCompletedAt',
            'needs',
            'ehaAccepted',
            'services',
            'id',
            'caseId',
            'version',
            'deadlines',
            'involved',
            'workersAround',
            'closings',
          ],
        },
        {
          type: 'object',
          properties: {
            status: { type: 'string', const: 'closed' },
            closedAt: { type: 'string', format: 'date-time' },
            reason: { anyOf: [{ type: 'string' }, { $ref: '#/components/schemas/Erased' }] },
            episodeId: { type: 'string', format: 'uuid' },
            ehaId: { type: 'string', format: 'uuid' },
            openedAt: { type: 'string', format: 'date-time' },
            leadProfessional: {
              type: 'object',
              properties: { user: { type: 'string' }, organisation: { type: 'string' } },
              required: ['user', 'organisation'],
            },
            leadSince: { type: 'string', format: 'date-time' },
            confirmed: { type: 'boolean' },
            proposed: { anyOf: [{ type: 'null' }, { $ref: '#/components/schemas/Proposal' }] },
            transfers: { type: 'number' },
            ehaCompletedAt: { type: ['string', 'null'], format: 'date-time' },
            needs: {
              type: 'array',
              items: {
                type: 'object',
                properties: {
                  needId: { type: 'string', format: 'uuid' },
                  code: { anyOf: [{ type: 'string' }, { $ref: '#/components/schemas/Erased' }] },
                },
                required: ['needId'],
              },
            },
            ehaAccepted: { type: 'boolean' },
            services: { type: 'array', items: { $ref: '#/components/schemas/Service' } },
            id: { type: 'string' },
            caseId: { type: 'string' },
            version: { type: 'number' },
            deadlines: { type: 'array', items: {} },
            involved: { $ref: '#/components/schemas/Around' },
            workersAround: { type: 'number' },
            closings: {
              type: 'array',
              items: {
                type: 'object',
                properties: {
                  reason: { anyOf: [{ type: 'string' }, { $ref: '#/components/schemas/Erased' }] },
                  presentCircumstances: { anyOf: [{ type: 'string' }, { $ref: '#/components/schemas/Erased' }] },
                  supportGiven: { anyOf: [{ type: 'string' }, { $ref: '#/components/schemas/Erased' }] },
                  told: {
                    type: 'object',
                    properties: {
                      people: { type: 'array', items: { type: 'string', format: 'uuid' } },
                      professionals: {
                        type: 'array',
                        items: {
                          type: 'object',
                          properties: { user: { type: 'string' }, organisation: { type: 'string' } },
                          required: ['user', 'organisation'],
                        },
                      },
                    },
                    required: ['people', 'professionals'],
                  },
                  servicesStillOpen: {
                    type: 'array',
                    items: {
                      type: 'object',
                      properties: { serviceId: { type: 'string', format: 'uuid' }, organisation: { type: 'string' } },
                      required: ['serviceId', 'organisation'],
                    },
                  },
                  episodeId: { type: 'string', format: 'uuid' },
                },
                required: ['reason', 'presentCircumstances', 'supportGiven', 'told', 'servicesStillOpen', 'episodeId'],
              },
            },
          },
          required: [
            'status',
            'closedAt',
            'reason',
            'episodeId',
            'ehaId',
            'openedAt',
            'leadProfessional',
            'leadSince',
            'confirmed',
            'proposed',
            'transfers',
            'ehaCompletedAt',
            'needs',
            'ehaAccepted',
            'services',
            'id',
            'caseId',
            'version',
            'deadlines',
            'involved',
            'workersAround',
            'closings',
          ],
        },
      ],
    },
    GetMeeting_get: { $ref: '#/components/schemas/OneMeeting' },
    GetMeetings_get: { $ref: '#/components/schemas/MeetingsView' },
    GetNotes_get: { $ref: '#/components/schemas/NotesView' },
    GetPlan_get: { $ref: '#/components/schemas/PlanView' },
    ListDeadlines_list: {
      type: 'object',
      properties: { items: { type: 'array', items: { $ref: '#/components/schemas/IndexedDeadline' } }, next: { type: 'string' } },
      required: ['items'],
    },
    ListEpisodes_list: {
      type: 'object',
      properties: { items: { type: 'array', items: { $ref: '#/components/schemas/EpisodeEntry' } }, next: { type: 'string' } },
      required: ['items'],
    },
  },
  parts: {
    Action: {
      type: 'object',
      properties: {
        actionId: { type: 'string', format: 'uuid' },
        terms: { $ref: '#/components/schemas/ActionTerms' },
        status: { type: 'string', enum: ['completed', 'ended', 'open', 'unfinished'] },
        nonDelivery: { type: 'string', enum: ['answered', 'none', 'raised'] },
        ownerPrompted: { type: 'boolean' },
        leadProfessionalPrompted: { type: 'boolean' },
      },
      required: ['actionId', 'terms', 'status', 'nonDelivery', 'ownerPrompted', 'leadProfessionalPrompted'],
    },
    ActionTerms: {
      type: 'object',
      properties: {
        needId: { type: 'string', format: 'uuid' },
        what: { anyOf: [{ type: 'string' }, { $ref: '#/components/schemas/Erased' }] },
        why: { anyOf: [{ type: 'string' }, { $ref: '#/components/schemas/Erased' }] },
        howKnown: { anyOf: [{ type: 'string' }, { $ref: '#/components/schemas/Erased' }] },
        means: { anyOf: [{ type: 'string' }, { $ref: '#/components/schemas/Erased' }] },
        professional: {
          type: ['object', 'null'],
          properties: { user: { type: 'string' }, organisation: { type: 'string' } },
          required: ['user', 'organisation'],
        },
        familyMember: { type: ['string', 'null'], format: 'uuid' },
        by: { type: 'string', format: 'date' },
      },
      required: ['needId', 'what', 'why', 'howKnown', 'means', 'professional', 'familyMember', 'by'],
    },
    Around: {
      type: 'object',
      properties: {
        people: { type: 'array', items: { type: 'string', format: 'uuid' } },
        professionals: {
          type: 'array',
          items: {
            type: 'object',
            properties: { user: { type: 'string' }, organisation: { type: 'string' } },
            required: ['user', 'organisation'],
          },
        },
      },
      required: ['people', 'professionals'],
    },
    EpisodeEntry: {
      type: 'object',
      properties: {
        caseId: { type: 'string' },
        ehaId: { type: 'string' },
        status: { type: 'string', enum: ['closed', 'open'] },
        leadUser: { type: 'string' },
        leadOrganisation: { type: 'string' },
        transfers: { type: 'number' },
        workers: { type: 'array', items: { type: 'string' } },
        openedAt: { type: 'string' },
        closedAt: { type: ['string', 'null'] },
        lastMeetingAt: { type: ['string', 'null'] },
        reviewFrom: { type: ['string', 'null'] },
        reviewBy: { type: ['string', 'null'] },
        drifting: { type: 'boolean' },
        closingPrompted: { type: 'boolean' },
        stayInTouchOn: { type: ['string', 'null'] },
        id: { type: 'string' },
      },
      required: [
        'caseId',
        'ehaId',
        'status',
        'leadUser',
        'leadOrganisation',
        'transfers',
        'workers',
        'openedAt',
        'closedAt',
        'lastMeetingAt',
        'reviewFrom',
        'reviewBy',
        'drifting',
        'closingPrompted',
        'stayInTouchOn',
        'id',
      ],
    },
    Erased: { type: 'object', properties: { erased: { type: 'boolean', const: true } }, required: ['erased'] },
    IndexedDeadline: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        stream: { type: 'string' },
        aggregate: { type: 'string' },
        aggregateId: { type: 'string' },
        caseId: { type: ['string', 'null'], format: 'uuid' },
        rule: { type: 'string' },
        about: { type: ['string', 'null'], format: 'uuid' },
        dueAt: { type: 'string', format: 'date-time' },
        remindAt: { type: ['string', 'null'], format: 'date-time' },
        status: { type: 'string', enum: ['cancelled', 'met', 'missed', 'open'] },
        breached: { type: 'boolean' },
        nextAt: { type: ['string', 'null'], format: 'date-time' },
        next: { type: ['string', 'null'], enum: ['miss', 'remind', null] },
      },
      required: [
        'id',
        'stream',
        'aggregate',
        'aggregateId',
        'caseId',
        'rule',
        'about',
        'dueAt',
        'remindAt',
        'status',
        'breached',
        'nextAt',
        'next',
      ],
    },
    MeetingView: {
      type: 'object',
      properties: {
        meetingId: { type: 'string' },
        status: { type: 'string', enum: ['held', 'planned'] },
        invited: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              plannedFor: { type: 'string', format: 'date-time' },
              evidence: {
                type: 'object',
                properties: { episodeVersion: { type: 'number' }, consentSeen: { type: 'string' } },
                required: ['episodeVersion'],
              },
              people: { type: 'array', items: { type: 'string', format: 'uuid' } },
              professionals: {
                type: 'array',
                items: {
                  type: 'object',
                  properties: { user: { type: 'string' }, organisation: { type: 'string' } },
                  required: ['user', 'organisation'],
                },
              },
              episodeId: { type: 'string', format: 'uuid' },
              meetingId: { type: 'string', format: 'uuid' },
            },
            required: ['plannedFor', 'evidence', 'people', 'professionals', 'episodeId', 'meetingId'],
          },
        },
        views: {
          type: 'array',
          items: {
            anyOf: [
              {
                type: 'object',
                properties: {
                  personId: { type: 'string', format: 'uuid' },
                  views: { anyOf: [{ type: 'string' }, { $ref: '#/components/schemas/Erased' }] },
                  episodeId: { type: 'string', format: 'uuid' },
                  meetingId: { type: 'string', format: 'uuid' },
                },
                required: ['personId', 'views', 'episodeId', 'meetingId'],
              },
              {
                type: 'object',
                properties: {
                  professional: {
                    type: 'object',
                    properties: { user: { type: 'string' }, organisation: { type: 'string' } },
                    required: ['user', 'organisation'],
                  },
                  views: { anyOf: [{ type: 'string' }, { $ref: '#/components/schemas/Erased' }] },
                  episodeId: { type: 'string', format: 'uuid' },
                  meetingId: { type: 'string', format: 'uuid' },
                },
                required: ['professional', 'views', 'episodeId', 'meetingId'],
              },
            ],
          },
        },
        held: {
          type: 'object',
          properties: {
            heldAt: { type: 'string', format: 'date-time' },
            first: { type: 'boolean' },
            attended: {
              type: 'object',
              properties: {
                people: {
                  type: 'array',
                  items: {
                    type: 'object',
                    properties: {
                      personId: { type: 'string', format: 'uuid' },
                      part: {
                        anyOf: [{ type: 'string', enum: ['child', 'family', 'young-person'] }, { $ref: '#/components/schemas/Erased' }],
                      },
                    },
                    required: ['personId', 'part'],
                  },
                },
                professionals: {
                  type: 'array',
                  items: {
                    type: 'object',
                    properties: { user: { type: 'string' }, organisation: { type: 'string' } },
                    required: ['user', 'organisation'],
                  },
                },
              },
              required: ['people', 'professionals'],
            },
            represented: {
              type: 'object',
              properties: {
                people: { type: 'array', items: { type: 'string', format: 'uuid' } },
                professionals: {
                  type: 'array',
                  items: {
                    type: 'object',
                    properties: { user: { type: 'string' }, organisation: { type: 'string' } },
                    required: ['user', 'organisation'],
                  },
                },
              },
              required: ['people', 'professionals'],
            },
            discussed: { anyOf: [{ $ref: '#/components/schemas/Erased' }, { type: 'array', items: { type: 'string' } }] },
            summary: { anyOf: [{ type: 'string' }, { $ref: '#/components/schemas/Erased' }] },
            impact: {
              anyOf: [
                { type: 'string', enum: ['close', 'continue', 'step-up'] },
                { type: 'null' },
                { $ref: '#/components/schemas/Erased' },
              ],
            },
            evidence: {
              type: 'object',
              properties: { episodeVersion: { type: 'number' }, consentSeen: { type: 'string' } },
              required: ['episodeVersion'],
            },
            episodeId: { type: 'string', format: 'uuid' },
            meetingId: { type: 'string', format: 'uuid' },
          },
          required: ['heldAt', 'first', 'attended', 'represented', 'discussed', 'summary', 'impact', 'evidence', 'episodeId', 'meetingId'],
        },
        reviewWindow: { type: 'object', properties: { from: { type: 'string' }, by: { type: 'string' } }, required: ['from', 'by'] },
        prompts: { type: 'array', items: { type: 'string' } },
        shared: {
          type: 'object',
          properties: {
            withheld: {
              type: 'array',
              items: {
                type: 'object',
                properties: {
                  personId: { type: ['string', 'null'], format: 'uuid' },
                  professional: {
                    type: ['object', 'null'],
                    properties: { user: { type: 'string' }, organisation: { type: 'string' } },
                    required: ['user', 'organisation'],
                  },
                  because: {
                    anyOf: [
                      { type: 'string', enum: ['declined', 'no-consent', 'restricted', 'unsafe'] },
                      { $ref: '#/components/schemas/Erased' },
                    ],
                  },
                },
                required: ['personId', 'professional', 'because'],
              },
            },
            evidence: {
              type: 'object',
              properties: { episodeVersion: { type: 'number' }, consentSeen: { type: 'string' } },
              required: ['episodeVersion'],
            },
            people: { type: 'array', items: { type: 'string', format: 'uuid' } },
            professionals: {
              type: 'array',
              items: {
                type: 'object',
                properties: { user: { type: 'string' }, organisation: { type: 'string' } },
                required: ['user', 'organisation'],
              },
            },
            episodeId: { type: 'string', format: 'uuid' },
            meetingId: { type: 'string', format: 'uuid' },
          },
          required: ['withheld', 'evidence', 'people', 'professionals', 'episodeId', 'meetingId'],
        },
      },
      required: ['meetingId', 'status', 'invited', 'views', 'prompts'],
    },
    MeetingsView: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        caseId: { type: 'string' },
        version: { type: 'number' },
        stage: { type: 'string' },
        deadlines: { type: 'array', items: {} },
        meetings: { type: 'array', items: { $ref: '#/components/schemas/MeetingView' } },
      },
      required: ['id', 'caseId', 'version', 'stage', 'deadlines', 'meetings'],
    },
    NoteView: {
      type: 'object',
      properties: {
        noteId: { type: 'string' },
        text: { anyOf: [{ type: 'string' }, { $ref: '#/components/schemas/Erased' }] },
        occurredAt: { type: 'string' },
        recordedAt: { type: 'string' },
        by: {
          type: 'object',
          properties: { user: { type: 'string' }, role: { type: 'string' }, organisation: { type: 'string' } },
          required: ['user', 'role', 'organisation'],
        },
        corrects: { type: 'string' },
        why: { anyOf: [{ type: 'string' }, { $ref: '#/components/schemas/Erased' }] },
        correctedBy: { type: ['string', 'null'] },
      },
      required: ['noteId', 'text', 'occurredAt', 'recordedAt', 'by', 'correctedBy'],
    },
    NotesView: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        caseId: { type: 'string' },
        version: { type: 'number' },
        notes: { type: 'array', items: { $ref: '#/components/schemas/NoteView' } },
      },
      required: ['id', 'caseId', 'version', 'notes'],
    },
    OneMeeting: {
      type: 'object',
      properties: {
        meetingId: { type: 'string' },
        status: { type: 'string', enum: ['held', 'planned'] },
        invited: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              plannedFor: { type: 'string', format: 'date-time' },
              evidence: {
                type: 'object',
                properties: { episodeVersion: { type: 'number' }, consentSeen: { type: 'string' } },
                required: ['episodeVersion'],
              },
              people: { type: 'array', items: { type: 'string', format: 'uuid' } },
              professionals: {
                type: 'array',
                items: {
                  type: 'object',
                  properties: { user: { type: 'string' }, organisation: { type: 'string' } },
                  required: ['user', 'organisation'],
                },
              },
              episodeId: { type: 'string', format: 'uuid' },
              meetingId: { type: 'string', format: 'uuid' },
            },
            required: ['plannedFor', 'evidence', 'people', 'professionals', 'episodeId', 'meetingId'],
          },
        },
        views: {
          type: 'array',
          items: {
            anyOf: [
              {
                type: 'object',
                properties: {
                  personId: { type: 'string', format: 'uuid' },
                  views: { anyOf: [{ type: 'string' }, { $ref: '#/components/schemas/Erased' }] },
                  episodeId: { type: 'string', format: 'uuid' },
                  meetingId: { type: 'string', format: 'uuid' },
                },
                required: ['personId', 'views', 'episodeId', 'meetingId'],
              },
              {
                type: 'object',
                properties: {
                  professional: {
                    type: 'object',
                    properties: { user: { type: 'string' }, organisation: { type: 'string' } },
                    required: ['user', 'organisation'],
                  },
                  views: { anyOf: [{ type: 'string' }, { $ref: '#/components/schemas/Erased' }] },
                  episodeId: { type: 'string', format: 'uuid' },
                  meetingId: { type: 'string', format: 'uuid' },
                },
                required: ['professional', 'views', 'episodeId', 'meetingId'],
              },
            ],
          },
        },
        held: {
          type: 'object',
          properties: {
            heldAt: { type: 'string', format: 'date-time' },
            first: { type: 'boolean' },
            attended: {
              type: 'object',
              properties: {
                people: {
                  type: 'array',
                  items: {
                    type: 'object',
                    properties: {
                      personId: { type: 'string', format: 'uuid' },
                      part: {
                        anyOf: [{ type: 'string', enum: ['child', 'family', 'young-person'] }, { $ref: '#/components/schemas/Erased' }],
                      },
                    },
                    required: ['personId', 'part'],
                  },
                },
                professionals: {
                  type: 'array',
                  items: {
                    type: 'object',
                    properties: { user: { type: 'string' }, organisation: { type: 'string' } },
                    required: ['user', 'organisation'],
                  },
                },
              },
              required: ['people', 'professionals'],
            },
            represented: {
              type: 'object',
              properties: {
                people: { type: 'array', items: { type: 'string', format: 'uuid' } },
                professionals: {
                  type: 'array',
                  items: {
                    type: 'object',
                    properties: { user: { type: 'string' }, organisation: { type: 'string' } },
                    required: ['user', 'organisation'],
                  },
                },
              },
              required: ['people', 'professionals'],
            },
            discussed: { anyOf: [{ $ref: '#/components/schemas/Erased' }, { type: 'array', items: { type: 'string' } }] },
            summary: { anyOf: [{ type: 'string' }, { $ref: '#/components/schemas/Erased' }] },
            impact: {
              anyOf: [
                { type: 'string', enum: ['close', 'continue', 'step-up'] },
                { type: 'null' },
                { $ref: '#/components/schemas/Erased' },
              ],
            },
            evidence: {
              type: 'object',
              properties: { episodeVersion: { type: 'number' }, consentSeen: { type: 'string' } },
              required: ['episodeVersion'],
            },
            episodeId: { type: 'string', format: 'uuid' },
            meetingId: { type: 'string', format: 'uuid' },
          },
          required: ['heldAt', 'first', 'attended', 'represented', 'discussed', 'summary', 'impact', 'evidence', 'episodeId', 'meetingId'],
        },
        reviewWindow: { type: 'object', properties: { from: { type: 'string' }, by: { type: 'string' } }, required: ['from', 'by'] },
        prompts: { type: 'array', items: { type: 'string' } },
        shared: {
          type: 'object',
          properties: {
            withheld: {
              type: 'array',
              items: {
                type: 'object',
                properties: {
                  personId: { type: ['string', 'null'], format: 'uuid' },
                  professional: {
                    type: ['object', 'null'],
                    properties: { user: { type: 'string' }, organisation: { type: 'string' } },
                    required: ['user', 'organisation'],
                  },
                  because: {
                    anyOf: [
                      { type: 'string', enum: ['declined', 'no-consent', 'restricted', 'unsafe'] },
                      { $ref: '#/components/schemas/Erased' },
                    ],
                  },
                },
                required: ['personId', 'professional', 'because'],
              },
            },
            evidence: {
              type: 'object',
              properties: { episodeVersion: { type: 'number' }, consentSeen: { type: 'string' } },
              required: ['episodeVersion'],
            },
            people: { type: 'array', items: { type: 'string', format: 'uuid' } },
            professionals: {
              type: 'array',
              items: {
                type: 'object',
                properties: { user: { type: 'string' }, organisation: { type: 'string' } },
                required: ['user', 'organisation'],
              },
            },
            episodeId: { type: 'string', format: 'uuid' },
            meetingId: { type: 'string', format: 'uuid' },
          },
          required: ['withheld', 'evidence', 'people', 'professionals', 'episodeId', 'meetingId'],
        },
        id: { type: 'string' },
        version: { type: 'number' },
      },
      required: ['meetingId', 'status', 'invited', 'views', 'prompts', 'id', 'version'],
    },
    PlanView: {
      type: 'object',
      properties: {
        needs: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              needId: { type: 'string', format: 'uuid' },
              code: { anyOf: [{ type: 'string' }, { $ref: '#/components/schemas/Erased' }] },
            },
            required: ['needId'],
          },
        },
        actions: { type: 'array', items: { $ref: '#/components/schemas/Action' } },
        id: { type: 'string' },
        caseId: { type: 'string' },
        version: { type: 'number' },
        active: { type: 'boolean' },
        goals: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              episodeId: { type: 'string', format: 'uuid' },
              goalId: { type: 'string', format: 'uuid' },
              personId: { type: 'string', format: 'uuid' },
              words: { anyOf: [{ type: 'string' }, { $ref: '#/components/schemas/Erased' }] },
              evidence: {
                type: 'object',
                properties: { episodeVersion: { type: 'number' }, consentSeen: { type: 'string' } },
                required: ['episodeVersion'],
              },
            },
            required: ['episodeId', 'goalId', 'personId', 'words', 'evidence'],
          },
        },
        deadlines: { type: 'array', items: {} },
      },
      required: ['needs', 'actions', 'id', 'caseId', 'version', 'active', 'goals', 'deadlines'],
    },
    Proposal: {
      type: 'object',
      properties: {
        leadProfessional: {
          type: 'object',
          properties: { user: { type: 'string' }, organisation: { type: 'string' } },
          required: ['user', 'organisation'],
        },
        consentId: { type: 'string', format: 'uuid' },
      },
      required: ['leadProfessional', 'consentId'],
    },
    Service: {
      type: 'object',
      properties: { serviceId: { type: 'string', format: 'uuid' }, organisation: { type: 'string' }, ended: { type: 'boolean' } },
      required: ['serviceId', 'organisation', 'ended'],
    },
  },
};
