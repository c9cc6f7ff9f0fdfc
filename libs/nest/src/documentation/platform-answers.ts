// Made by `npm run answers` from the return types of the controllers. Not to be changed by hand.
import type { AnswerSchemas } from './answers.js';

export const answers: AnswerSchemas = {
  answers: {
    Clock_read: { $ref: '#/components/schemas/ClockAnswer' },
    Erasure_show: { $ref: '#/components/schemas/ErasureAnswer' },
    Health_live: { type: 'object', properties: { status: { type: 'string', const: 'ok' } }, required: ['status'] },
    Health_ready: { $ref: '#/components/schemas/HealthCheckResult' },
    Keys_master: { $ref: '#/components/schemas/MasterKeyStatus' },
    Operation_list: {
      type: 'object',
      properties: { items: { type: 'array', items: { $ref: '#/components/schemas/ReactionStatus' } } },
      required: ['items'],
    },
    Operation_parked: {
      type: 'object',
      properties: { items: { type: 'array', items: { $ref: '#/components/schemas/DeadLetter' } } },
      required: ['items'],
    },
    Operation_progress: { $ref: '#/components/schemas/RebuildStatus' },
    Operation_replay: { $ref: '#/components/schemas/ReplayResult' },
    Operation_republish: { $ref: '#/components/schemas/Republication' },
    Operation_republished: { $ref: '#/components/schemas/Republication' },
    Operation_start: { $ref: '#/components/schemas/RebuildStatus' },
  },
  parts: {
    ClockAnswer: {
      type: 'object',
      properties: { now: { type: 'string', format: 'date-time' }, note: { type: 'string' } },
      required: ['now'],
    },
    DeadLetter: {
      type: 'object',
      properties: {
        reaction: { type: 'string' },
        key: { type: 'string' },
        order: { type: 'string' },
        type: { type: 'string' },
        because: { type: 'string', enum: ['behind', 'failed', 'foreign', 'unknown', 'unreadable'] },
        attempts: { type: 'number' },
        firstSeen: { type: 'string', format: 'date-time' },
        origin: { type: 'object' },
        id: { type: 'string' },
        error: { type: 'string' },
        message: { type: 'string' },
      },
      required: ['reaction', 'key', 'order', 'type', 'because', 'attempts', 'firstSeen', 'origin', 'id', 'error', 'message'],
    },
    ErasureAnswer: {
      type: 'object',
      properties: {
        id: { type: 'string', format: 'uuid' },
        status: { type: 'string', enum: ['confirmed', 'none', 'requested'] },
        version: { type: 'number' },
        position: { type: 'string' },
      },
      required: ['id', 'status', 'version', 'position'],
    },
    HealthCheckResult: {
      type: 'object',
      properties: {
        status: { type: 'string', enum: ['degraded', 'error', 'ok', 'shutting_down'] },
        info: {
          type: 'object',
          additionalProperties: {
            type: 'object',
            properties: { status: { type: 'string', enum: ['degraded', 'down', 'up'] } },
            required: ['status'],
          },
        },
        error: {
          type: 'object',
          additionalProperties: {
            type: 'object',
            properties: { status: { type: 'string', enum: ['degraded', 'down', 'up'] } },
            required: ['status'],
          },
        },
        details: { $ref: '#/components/schemas/HealthIndicatorResult' },
      },
      required: ['status', 'details'],
    },
    HealthIndicatorResult: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        properties: { status: { type: 'string', enum: ['degraded', 'down', 'up'] } },
        required: ['status'],
      },
    },
    MasterKeyStatus: {
      type: 'object',
      properties: {
        generation: { type: 'number' },
        fingerprint: { type: 'string' },
        left: { type: 'number' },
        done: { type: 'boolean' },
        removable: { type: 'array', items: { type: 'string' } },
      },
      required: ['generation', 'fingerprint', 'left', 'done', 'removable'],
    },
    PassedOverType: {
      type: 'object',
      properties: {
        type: { type: 'string' },
        because: { type: 'string', enum: ['unknown-type', 'unknown-version'] },
        messages: { type: 'number' },
      },
      required: ['type', 'because', 'messages'],
    },
    ReactionStatus: {
      type: 'object',
      properties: {
        name: { type: 'string' },
        reads: { type: 'string', enum: ['bus', 'log'] },
        running: { type: 'boolean' },
        standby: { type: 'boolean', const: true },
        caughtUp: { type: 'boolean' },
        seen: { anyOf: [{ type: 'string', enum: ['start'] }, { type: 'string' }] },
        pending: { type: 'number' },
        parkedCases: { type: 'number' },
        parkedItems: { type: 'number' },
        retrying: { type: 'boolean' },
        passedOver: { type: 'array', items: { $ref: '#/components/schemas/PassedOverType' } },
        lastError: { type: 'string' },
      },
      required: ['name', 'reads', 'running', 'caughtUp', 'seen', 'pending', 'parkedCases', 'parkedItems', 'retrying'],
    },
    RebuildStatus: {
      type: 'object',
      properties: {
        projection: { type: 'string' },
        state: { type: 'string', enum: ['counting', 'done', 'failed', 'filling'] },
        startedAt: { type: 'string', format: 'date-time' },
        endedAt: { type: ['string', 'null'], format: 'date-time' },
        done: { type: 'number' },
        total: { type: ['number', 'null'] },
        percent: { type: ['number', 'null'] },
        failure: { type: ['string', 'null'] },
      },
      required: ['projection', 'state', 'startedAt', 'endedAt', 'done', 'total', 'percent', 'failure'],
    },
    ReplayResult: {
      type: 'object',
      properties: { replayed: { type: 'number' }, left: { type: 'number' } },
      required: ['replayed', 'left'],
    },
    Republication: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        state: { type: 'string', enum: ['done', 'failed', 'running'] },
        from: { type: ['string', 'null'], format: 'date-time' },
        upTo: { anyOf: [{ type: 'string', enum: ['start'] }, { type: 'string' }] },
        place: { anyOf: [{ type: 'string', enum: ['start'] }, { type: 'string' }] },
        read: { type: 'number' },
        published: { type: 'number' },
        left: { type: 'number' },
        failure: { type: ['string', 'null'] },
      },
      required: ['id', 'state', 'from', 'upTo', 'place', 'read', 'published', 'left', 'failure'],
    },
  },
};
