import { describe, expect, it } from '@jest/globals';
import { actor, dana, specification, idOf } from '@waymark/testing';
import { agreedTo, about, by, episodeId, evidence, head, known, nurse, openEpisode, otherManager, pack } from '../planning.fixture.js';
import { NoteAdded, NoteCorrected } from './events.js';
import { notes } from './notes.js';
import { correctionOf } from './state.js';

const { given } = specification(agreedTo(notes), pack);
const noteId = idOf('note');
const later = idOf('later note');
const add = { ...about, kind: 'AddNote', noteId, text: 'Leila rang: a good week.', evidence } as const;
const added = NoteAdded({ episodeId, noteId, text: 'Leila rang: a good week.', evidence: known });
const correct = {
  ...about,
  kind: 'CorrectNote',
  noteId: later,
  corrects: noteId,
  text: 'It was her sister.',
  why: 'Misheard.',
  evidence,
} as const;
const corrected = NoteCorrected({
  episodeId,
  noteId: later,
  corrects: noteId,
  text: 'It was her sister.',
  why: 'Misheard.',
  evidence: known,
});
const closed = { episode: { ...openEpisode, status: 'closed' as const } };

describe('case notes', () => {
  it('EP-03 are added between meetings', () => given().when(add).then(added));

  it('EP-03 are never overwritten', () =>
    given(added)
      .when({ ...add, text: 'Something else.' })
      .refused('EP-03', { field: 'noteId' }));

  it('EP-03 are corrected by a further entry that names the one it corrects', () => {
    const outcome = given(added).when(correct);
    outcome.then(corrected);
    expect(correctionOf(outcome.state(), noteId)).toMatchObject({ noteId: later, corrects: noteId });
  });

  it('EP-03 a correction does not take the place of the note it corrects', () =>
    given(added)
      .when({ ...correct, noteId })
      .refused('EP-03', { field: 'noteId' }));

  it('A18 GEN-03 are corrected by their author or a manager of theirs, and by nobody of another organisation', () => {
    const danas = { ...added, actor: dana };
    given(danas).when(correct).then(corrected);
    given(danas).when(correct, by(head)).then(corrected);
    for (const stranger of [nurse, otherManager]) given(danas).when(correct, by(stranger)).refused('GEN-03');
  });

  it('GEN-03 are corrected by their author after a manager corrected them too, however often, and by nobody else of the organisation', () => {
    const another = { ...corrected, data: { ...corrected.data, noteId: idOf('another'), corrects: later } };
    const history = [
      { ...added, actor: dana },
      { ...corrected, actor: head },
      { ...another, actor: head },
    ];
    const further = { ...correct, noteId: idOf('further'), corrects: idOf('another') };
    const expected = NoteCorrected({ ...corrected.data, noteId: idOf('further'), corrects: idOf('another') });
    for (const who of [dana, head])
      given(...history)
        .when(further, by(who))
        .then(expected);
    for (const who of [nurse, otherManager, actor('doris', 'practitioner', dana.organisation)])
      given(...history)
        .when(further, by(who))
        .refused('GEN-03');
  });

  it('a correction names a note that is there, and the latest', () => {
    given().when(correct).refused('unknown', { field: 'corrects' });
    given(added, corrected)
      .when({ ...correct, noteId: idOf('another') })
      .refused('wrong-state', { see: { kind: 'note', id: later } });
    given(added, corrected)
      .when({ ...correct, noteId: idOf('another'), corrects: later })
      .including(
        NoteCorrected({
          episodeId,
          noteId: idOf('another'),
          corrects: later,
          text: 'It was her sister.',
          why: 'Misheard.',
          evidence: known,
        }),
      );
  });

  it('EP-01 belong to an episode that is open; a mistake can be put right afterwards too', () => {
    given()
      .when({ ...add, evidence: { episode: null } })
      .refused('EP-01');
    given()
      .when({ ...add, evidence: closed })
      .refused('EP-01');
    given(added)
      .when({ ...correct, evidence: { episode: null } })
      .refused('EP-01');
    given(added)
      .when({ ...correct, evidence: closed })
      .then(NoteCorrected({ ...corrected.data }));
  });
});
