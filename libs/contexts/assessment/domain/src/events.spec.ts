import { join } from 'node:path';
import { goldenFilesStillLoad } from '@waymark/testing';
import { assessmentEvents } from './events.js';

goldenFilesStillLoad(join(import.meta.dirname, '..', 'golden'), assessmentEvents);
