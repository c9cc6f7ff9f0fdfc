import { join } from 'node:path';
import { describe } from '@jest/globals';
import { publishedSchemasStand } from '@waymark/testing';
import { assessmentContracts } from './contracts.js';

describe('B8 published schemas', () => publishedSchemasStand(join(import.meta.dirname, '../schemas'), assessmentContracts));
