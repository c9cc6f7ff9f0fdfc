// How soon the brokers, and the next process, find out that one was killed. As deployments run, a share of the work would stand still for 6 s, and
// reactions for up to 10 s; two hundred times that is too long a test, and proves nothing more.

export const sessionTimeoutMs = 2_000;
export const leaseMs = 1_000;

/** Brokers take no shorter session than this. */
export const brokerSettings = { 'group.min.session.timeout.ms': '500' };
