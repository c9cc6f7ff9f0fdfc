// How long after one service accepted a command another one shows what came of it: referral takes in a contact, and assessment knows the family.
import { whyNot } from '../../test/distributed/engines.mjs';
import { contact, practitioner } from '../contact.mjs';
import { clientOf } from '../http-client.mjs';
import { against, median } from '../measure.mjs';
import { openLoop, percentile } from '../open-loop.mjs';
import { withServices } from '../two-services.mjs';

const limit = 250;
const perSecond = 50;
/** Long enough for Kafka and the services to have compiled what they run all the time. */
const measured = { seconds: 10, warmUpSeconds: 30 };
const small = { seconds: 0.4, warmUpSeconds: 0.1 };
const patienceMs = 60_000;
/** Of so many commands one is looked at more closely. */
const checkedEvery = 25;

const wrong = (what, { status, text }) => new Error(`${what} was answered ${status}: ${text.slice(0, 800)}`);

const accepted = async (referral) => {
  const answer = await referral.post('/api/referral/contacts', contact);
  if (answer.status !== 201) throw wrong('the contact', answer);
  return { caseId: JSON.parse(answer.text).caseId, position: answer.position };
};

/** Reads from the other service, which answers once its copies have what was recorded up to there; one that says "not yet" is asked again. */
const readable = async (assessment, position) => {
  for (const untilMs = performance.now() + patienceMs; ;) {
    const answer = await assessment.get('/api/assessment/assessments?limit=1', { 'waymark-wait-for': position });
    if (answer.status === 200) return;
    if (answer.status !== 503 || performance.now() > untilMs) throw wrong('the list', answer);
  }
};

/** The family is known there: an assessment is refused for lack of consent, and not because nobody has heard of the case. */
const assertKnown = async (assessment, caseId) => {
  const answer = await assessment.post('/api/assessment/assessments', { caseId });
  if (!/"rule":\s*"CON-01"/.test(answer.text)) throw wrong('an assessment without consent', answer);
};

/** @returns {Promise<readonly number[]>} for each command the milliseconds from its answer to the answer of the read */
const waitsOf = async ({ referral, assessment }, seconds) => {
  const waits = [];
  const send = async (n) => {
    const { caseId, position } = await accepted(referral);
    const acceptedAtMs = performance.now();
    await readable(assessment, position);
    waits.push(performance.now() - acceptedAtMs);
    if (n % checkedEvery === 0) await assertKnown(assessment, caseId);
  };
  await openLoop({ count: Math.round(seconds * perSecond), perSecond, send });
  return waits;
};

/** One round: a deployment of its own, warmed up, and then watched. */
const round = ({ seconds, warmUpSeconds }) =>
  withServices(['referral', 'assessment'], async ({ ports, versions }) => {
    const clients = { referral: clientOf(ports.referral, practitioner), assessment: clientOf(ports.assessment, practitioner) };
    try {
      await waitsOf(clients, warmUpSeconds);
      const waits = await waitsOf(clients, seconds);
      return { versions, p50: percentile(waits, 0.5), p95: percentile(waits, 0.95), p99: percentile(waits, 0.99) };
    } finally {
      for (const client of Object.values(clients)) client.close();
    }
  });

export const commandToProjection = {
  id: 'command-to-projection',
  unit: 'ms',
  target: 1,
  limit,
  what: `p99 from a contact accepted by referral to assessment answering with it, over PostgreSQL, Kafka and MongoDB's protocol, ${perSecond} a second`,
  note: 'The read is one GET with Waymark-Wait-For for each command, sent when the command is answered. Assessment looks every 15 ms whether it may answer, so a figure is up to that much too long; the read itself is in it.',
  find: async () => {
    const why = await whyNot();
    return why === undefined ? undefined : { absent: why };
  },
  run: async ({ rounds, quick, progress }) => {
    const seen = [];
    const measure = async () => {
      const found = await round(quick ? small : measured);
      progress(`p50 ${Math.round(found.p50)} ms, p95 ${Math.round(found.p95)} ms, p99 ${Math.round(found.p99)} ms`);
      seen.push(found);
      return found.p99;
    };
    const figures = await against({ rounds, limit, measure, progress });
    const [p50, p95] = ['p50', 'p95'].map((share) => median(seen.map((found) => found[share])));
    return { ...figures, p50, p95, p99s: seen.map(({ p99 }) => p99), engine: seen[0].versions };
  },
};
