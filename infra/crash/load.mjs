// What people do while the process dies: contacts are made, triaged, enquired into and decided on. Every command has its key and is sent again with the same
// one until it was acknowledged, as a careful client would.
import { setTimeout as sleep } from 'node:timers/promises';

const contact = {
  authority: 'peterborough',
  source: { kind: 'professional', referrer: { name: 'An invented referrer' } },
  child: { name: 'An invented child', dateOfBirth: '2018-05-14' },
  concern: 'An invented concern.',
};
const as = (user, role) => ({ 'waymark-dev-identity': `user=${user}; role=${role}; organisation=council` });
const officer = as('tariq', 'triage-officer');
const betweenTriesMs = 25;

/**
 * @param {{ where: () => Promise<string>, chance: ReturnType<typeof import('../proof/chance.mjs').chance>, run: string }} how
 *   `where` resolves to the address of whichever process lives now
 */
export const load = ({ where, chance, run }) => {
  /** Acknowledged commands, as they were answered. */
  const acknowledged = [];
  let going = true;
  let contacts = 0;
  let retries = 0;

  const send = async (path, { method = 'POST', headers, body }) => {
    for (;;) {
      try {
        const answer = await fetch(`${await where()}${path}`, {
          method,
          headers: { 'content-type': 'application/json', 'if-match': '*', ...headers },
          ...(body ? { body: JSON.stringify(body) } : {}),
          signal: AbortSignal.timeout(5_000),
        });
        const json = await answer.json();
        if (answer.status < 500) return { status: answer.status, json };
      } catch {
        // It died, or is not there yet.
      }
      retries += 1;
      await sleep(betweenTriesMs);
    }
  };
  const command = async (path, body, headers, key) => {
    const { status, json } = await send(path, { headers: { ...headers, 'idempotency-key': `${run}-${key}` }, body });
    if (status >= 300) throw new Error(`${path.replaceAll(/[0-9a-f-]{36}/g, ':id')} was refused: ${status} ${JSON.stringify(json)}`);
    acknowledged.push(json);
    return json;
  };
  const until = async (path, headers, found) => {
    for (;;) {
      const { json } = await send(path, { method: 'GET', headers });
      const value = found(json);
      if (value) return value;
      await sleep(betweenTriesMs);
    }
  };

  const oneFamily = async (number) => {
    const made = await command('/api/referral/contacts', contact, as('dana', 'practitioner'), `${number}-contact`);
    const path = `/api/referral/contacts/${made.id}`;
    if (chance.next() < 0.4) {
      await command(`${path}/mash-enquiry`, {}, officer, `${number}-enquiry`);
      const enquiry = await until(path, officer, ({ mashEnquiryId }) => mashEnquiryId);
      const asked = `/api/referral/mash-enquiries/${enquiry}`;
      await until(asked, officer, ({ enquiry: state }) => state?.status === 'open');
      if (chance.next() < 0.3)
        await command(`${asked}/decision`, { outcome: 'childrens-social-care', rationale: 'Invented.' }, officer, `${number}-decided`);
      return;
    }
    await command(`${path}/triage`, { outcome: 'early-help-hub-enquiry', rationale: 'Invented.' }, officer, `${number}-triage`);
    const hub = await until(path, officer, ({ triage }) => triage?.hubEnquiryId);
    const asked = `/api/referral/hub-enquiries/${hub}`;
    const coordinator = as('hana', 'hub-coordinator');
    await until(asked, coordinator, ({ enquiry: state }) => state?.status === 'open');
    await command(`${asked}/decision`, { end: 'advice', rationale: 'Invented.' }, coordinator, `${number}-hub`);
  };

  const writer = async () => {
    while (going) await oneFamily((contacts += 1));
  };

  return {
    acknowledged,
    get contacts() {
      return contacts;
    },
    get retries() {
      return retries;
    },
    /** Resolves when every writer has finished the family it was at. */
    run: (writers) => Promise.all(Array.from({ length: writers }, writer)),
    finish: () => {
      going = false;
    },
    setClock: (now) => send('/dev/clock', { method: 'PUT', headers: {}, body: { now } }),
  };
};
