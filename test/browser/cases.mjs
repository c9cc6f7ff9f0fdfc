// The cases that the pages are looked at with, told through the public API.

const done = ({ status, body }) => {
  if (status >= 300) throw new Error(`${status}: ${JSON.stringify(body)}`);
  return body;
};

/** What somebody might write who means harm. */
export const hostileName = `Mallory"><script>window.harmed = true</script><img src=x onerror="window.harmed = true">`;

const contact = async (dana, more) =>
  done(
    await dana.post('/api/referral/contacts', {
      authority: 'peterborough',
      source: { kind: 'professional', referrer: { name: 'Dana Reyes' } },
      child: { name: 'Amir Haddad', dateOfBirth: '2018-05-14' },
      household: [
        { name: 'Leila Haddad', relationship: 'mother' },
        { name: 'Karim Haddad', relationship: 'father' },
      ],
      concern: 'Amir is absent a lot; his mother is unwell.',
      reasons: ['persistent-absence'],
      ...more,
    }),
  );

const notice = { version: 'v3', form: 'paper', shared: true, read: true, understood: true, agreed: true };

/** From a contact to an assessment with a deadline, and a late entry. */
const assessed = async (client, sections) => {
  const dana = client.as('dana', 'practitioner', 'fenbank-primary');
  const officer = client.as('tariq', 'triage-officer', 'mash');
  const hub = client.as('hana', 'hub-coordinator', 'early-help-hub');
  await client.setClock('2026-03-02T09:15:00Z');
  const { id, caseId } = await contact(dana);
  const path = `/api/referral/contacts/${id}`;
  const { child, household } = done(await dana.get(path));
  const [mother] = household;
  const rationale = 'Several needs: attendance, a parent who is unwell, and little help at home. No sign of significant harm.';
  done(await officer.post(`${path}/triage`, { outcome: 'early-help-hub-enquiry', rationale }));
  const { hubEnquiryId } = done(await officer.get(path)).triage;
  await client.setClock('2026-03-03T10:00:00Z');
  const decision = { end: 'eha-recommended', agency: 'fenbank-primary', rationale: 'The school knows the family best.' };
  done(await hub.post(`/api/referral/hub-enquiries/${hubEnquiryId}/decision`, decision));
  await client.setClock('2026-03-09T10:00:00Z');
  done(
    await dana.post(`/api/assessment/cases/${caseId}/consents`, {
      ...{ giver: { personId: mother.personId, capacity: 'parental-responsibility' }, purpose: 'take-part-in-early-help', notice },
      ...{ covers: [child.personId, mother.personId], agencies: ['fenbank-primary', 'city-health'], method: 'in-person' },
    }),
  );
  const eha = `/api/assessment/assessments/${done(await dana.post('/api/assessment/assessments', { caseId })).id}`;
  await client.setClock('2026-03-16T10:00:00Z');
  done(await dana.post(`${eha}/children`, { childId: child.personId, occurredAt: '2026-03-10T09:00:00Z' }));
  for (let number = 1; number <= sections; number += 1)
    done(await dana.post(`${eha}/sections`, { heading: 'education', text: `What the school saw in week ${number}: two days of five.` }));
  return caseId;
};

/**
 * One case that has come some way, one with more entries than a page shows and a deadline that was missed, more of one name than a page of
 * the list shows, and a family whose name means harm.
 */
export const tellCases = async (client) => {
  const dana = client.as('dana', 'practitioner', 'fenbank-primary');
  const long = await assessed(client, 110);
  await client.setClock('2026-04-10T09:00:00Z');
  for (let number = 1; number <= 52; number += 1)
    await contact(dana, { child: { name: `Quentin Sample${number}` }, household: [], authority: 'cambridgeshire' });
  const hostile = await contact(dana, {
    child: { name: hostileName },
    household: [{ name: hostileName, relationship: 'mother' }],
    concern: hostileName,
  });
  const short = await assessed(client, 1);
  return { long, short, hostile: hostile.caseId };
};
