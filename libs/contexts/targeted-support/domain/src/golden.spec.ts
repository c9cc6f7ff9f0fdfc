import { join } from 'node:path';
import { describe } from '@jest/globals';
import { goldenFilesStillLoad } from '@waymark/testing';
import { targetedSupportEvents } from './index.js';

describe('golden files', () => goldenFilesStillLoad(join(import.meta.dirname, '../golden'), targetedSupportEvents));
