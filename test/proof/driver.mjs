// Drives load over HTTP and keeps the journal of what was acknowledged. A command whose answer never came is sent again with the same
// Idempotency-Key, in whichever life of the process comes next.
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { derivedId } from '@waymark/kernel';

const people = {
  school: { user: 'dana', role: 'practitioner', organisation: 'fenbank-primary' },
};
/** Who sees to a contact is the staff of its authority: nobody else is let near it. */
const officers = {
  peterborough: {
    mash: { user: 'tariq', role: 'triage-officer', organisation: 'mash' },
    hub: { user: 'hana', role: 'hub-coordinator', organisation: 'early-help-hub' },
  },
  cambridgeshire: {
    mash: { user: 'cleo', role: 'triage-officer', organisation: 'county-mash' },
    hub: { user: 'hugo', role: 'hub-coordinator', organisation: 'county-early-help-hub' },
  },
};
const answerWithinMs = 20_000;
/** Moving the clock answers when everything has come to rest. */
const restWithinMs = 100_000;

/** The process died, or the answer did not come. Whether it took effect is not known. */
export class Unanswered extends Error {}
/** The process is there, and takes longer than it may. */
export class StandsStill extends Unanswered {}

const ask = (agent, port, { method, url, headers, body, withinMs = answerWithinMs }) =>
  new Promise((resolve, reject) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const asked = request({
      agent,
      port,
      host: '127.0.0.1',
      method,
      path: url,
      headers: { ...headers, 'content-type': 'application/json' },
    });
    asked.setTimeout(withinMs, () => asked.destroy(new StandsStill('no answer')));
    asked.on('error', (error) => reject(error instanceof StandsStill ? error : new Unanswered(error.message)));
    asked.on('response', (response) => {
      let said = '';
      response.setEncoding('utf8').on('data', (part) => (said += part));
      response.on('error', (error) => reject(new Unanswered(error.message)));
      response.on('close', () => {
        if (!response.complete) return reject(new Unanswered('the answer was cut off'));
        const isJson = String(response.headers['content-type']).includes('json');
        return resolve({ status: response.statusCode, body: isJson ? JSON.parse(said) : said });
      });
    });
    asked.end(text);
  });

/** Everything that was asked of the process, and what it said. */
export class Journal {
  /** Answered with success: the command's id and the answer. */
  acknowledged = [];
  /** Answered with a refusal, for good: nothing of it may be in the record. */
  refused = [];
  /** Sent at least once, without an answer so far. */
  pending = new Map();
  retried = 0;
}

export class Driver {
  #agent = new Agent({ keepAlive: true, maxSockets: 16 });
  #port = 0;
  /** Contacts that something can still be done about. */
  #contacts = [];
  /** How far the platform's clock is ahead of the machine's. It is set anew in every life, because a restart forgets it. */
  aheadMs = 0;
  #newest = 'start';
  stopping = false;

  constructor(random, journal) {
    this.random = random;
    this.journal = journal;
  }

  useProcess(port) {
    this.#agent.destroy();
    this.#agent = new Agent({ keepAlive: true, maxSockets: 16 });
    this.#port = port;
    this.stopping = false;
  }

  /** As the one who makes the contacts, and so may read them. */
  get(url, headers = {}) {
    return ask(this.#agent, this.#port, { method: 'GET', url, headers: { 'waymark-dev-identity': identity(people.school), ...headers } });
  }

  /** Asks for something outside the journal: whether it is answered is the caller's affair. */
  post(url, body) {
    return ask(this.#agent, this.#port, { method: 'POST', url, headers: { 'waymark-dev-identity': identity(people.school) }, body });
  }

  /** Sets the clock to where the story is; everything due by then is fired before the answer. */
  setClock() {
    const now = new Date(Date.now() + this.aheadMs).toISOString();
    return ask(this.#agent, this.#port, { method: 'PUT', url: '/dev/clock', headers: {}, body: { now }, withinMs: restWithinMs });
  }

  /** Lets several writers work until they are stopped or the process is gone. */
  async work(writers) {
    await Promise.all(Array.from({ length: writers }, () => this.#write()));
  }

  async #write() {
    while (!this.stopping) {
      try {
        await this.#step();
      } catch (error) {
        if (error instanceof Unanswered) return;
        throw error;
      }
    }
  }

  /** Sends everything again whose answer never came. */
  async finishPending() {
    for (const command of [...this.journal.pending.values()]) await this.#send(command);
  }

  #step() {
    const { random, journal } = this;
    const [waiting] = journal.pending.values();
    if (waiting && !waiting.underWay) return this.#send(waiting);
    const contact = random.next() < 0.4 ? undefined : this.#contacts.at(random.below(this.#contacts.length));
    return contact ? this.#goOn(contact) : this.#newContact();
  }

  async #newContact() {
    const contact = aboutSomebody(this.random);
    const answer = await this.#command(people.school, '/api/referral/contacts', contact);
    if (answer) this.#contacts.push({ id: answer.id, caseId: answer.caseId, authority: contact.authority, stage: 'received' });
  }

  /** The next thing that happens to a contact; whoever has it under way keeps others from it. */
  async #goOn(contact) {
    this.#contacts.splice(this.#contacts.indexOf(contact), 1);
    const next = await this.#next(contact);
    if (next) this.#contacts.push({ ...contact, stage: next });
  }

  async #next({ id, caseId, authority, stage }) {
    const { random } = this;
    const { mash, hub } = officers[authority];
    const contact = `/api/referral/contacts/${id}`;
    if (stage === 'received') {
      if (random.next() < 0.4) return (await this.#command(mash, `${contact}/mash-enquiry`, {})) && 'in-mash-enquiry';
      const outcome = random.pick(['no-further-action', 'early-help-hub-enquiry', 'early-help-hub-enquiry', 'childrens-social-care']);
      const done = await this.#command(mash, `${contact}/triage`, { outcome, rationale: 'As the concern stands.' });
      return done && (outcome === 'early-help-hub-enquiry' ? 'in-hub-enquiry' : 'triaged');
    }
    if (stage === 'in-mash-enquiry') {
      // Most are left to pass their 72 hours.
      if (random.next() < 0.7) return undefined;
      const enquiry = `/api/referral/mash-enquiries/${derivedId('mash-enquiry', id, '0')}`;
      const outcome = random.pick(['advice-and-information', 'early-help-hub-enquiry']);
      await this.#command(mash, `${enquiry}/decision`, { outcome, rationale: 'What the agencies said.' }, true);
      return undefined;
    }
    if (stage === 'in-hub-enquiry') {
      const enquiry = `/api/referral/hub-enquiries/${derivedId('hub-enquiry', id, '0')}`;
      const end = random.pick(['eha-recommended', 'advice', 'back-to-mash']);
      const agency = end === 'eha-recommended' ? { agency: 'fenbank-primary' } : {};
      await this.#command(hub, `${enquiry}/decision`, { end, rationale: 'What the hub found.', ...agency }, true);
      return 'decided';
    }
    await this.#command(people.school, `/api/assessment/cases/${caseId}/consents`, aConsent(), true);
    return undefined;
  }

  /** @returns the answer's body when it was acknowledged */
  #command(who, url, body, follows = false) {
    const key = randomUUID();
    const commandId = derivedId('request', who.organisation, who.user, who.role, 'POST', url, key);
    const headers = { 'waymark-dev-identity': identity(who), 'idempotency-key': key, 'if-match': '*' };
    // What rests on what a workflow or another service did waits until they have done it.
    const wait = !follows || this.#newest === 'start' ? {} : { 'waymark-wait-for': this.#newest };
    return this.#send({ commandId, method: 'POST', url, headers: { ...headers, ...wait }, body });
  }

  async #send(command) {
    const { pending, acknowledged, refused } = this.journal;
    // A repeat waits for nothing: what it waited for the first time has had its time.
    const again = pending.has(command.commandId);
    if (again) this.journal.retried += 1;
    const headers = again ? withoutWaiting(command.headers) : command.headers;
    const entry = { ...command, headers, underWay: true };
    pending.set(command.commandId, entry);
    try {
      const { status, body } = await ask(this.#agent, this.#port, entry);
      if (status >= 500) return undefined;
      pending.delete(command.commandId);
      if (status >= 400) refused.push({ commandId: command.commandId, url: command.url, status, type: body.type });
      if (status >= 400) return undefined;
      acknowledged.push({ commandId: command.commandId, url: command.url, answer: body });
      if (this.#newest === 'start' || body.position > this.#newest) this.#newest = body.position;
      return body;
    } finally {
      entry.underWay = false;
    }
  }
}

const withoutWaiting = (headers) => Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'waymark-wait-for'));

const identity = ({ user, role, organisation }) => `user=${user}; role=${role}; organisation=${organisation}`;

const aboutSomebody = ({ pick, next }) => ({
  authority: pick(['peterborough', 'cambridgeshire']),
  source: next() < 0.8 ? { kind: 'professional', referrer: { name: 'Dana Reyes' } } : { kind: 'public' },
  child: { name: pick(['Amir', 'Bea', 'Callum', 'Dorota']), dateOfBirth: '2018-05-14' },
  household: [{ name: 'Leila', relationship: 'mother' }],
  concern: 'Absent a lot; his mother is unwell.',
  reasons: [],
});

const aConsent = () => {
  const personId = randomUUID();
  return {
    giver: { personId, capacity: 'parental-responsibility' },
    purpose: 'take-part-in-early-help',
    covers: [personId],
    agencies: ['fenbank-primary'],
    notice: { version: 'v3', form: 'paper', shared: true, read: true, understood: true, agreed: true },
    method: 'in-person',
  };
};
