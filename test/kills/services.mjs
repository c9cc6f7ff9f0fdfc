// Who lives in the process that is killed: where cases come in, where they are taken over, and the probe, which counts both logs. The other services do
// nothing with this load that these do not do, and each start would cost twice as much.
import { services as all } from '@waymark/standalone-service';
import { probeOf } from '../proof/probe.mjs';

export const services = all.filter(({ name }) => ['referral', 'assessment'].includes(name));
export const withProbe = [...services, probeOf(services)];
