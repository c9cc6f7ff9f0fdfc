import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { Problem } from '@waymark/nest';
import { BadQuery } from '@waymark/read-model';
import { PageFrame, type Reply, type Shown } from './page-frame.js';
import { noSignInPage, problemPage } from './problem.page.js';

const noSignIn = 'urn:waymark:problem:no-sign-in';

/** Whatever is refused on the way to a page, by a guard or by the page itself, is answered in words that a person can read. */
@Catch(Problem, BadQuery)
export class PageFilter implements ExceptionFilter {
  constructor(private readonly frame: PageFrame) {}

  catch(refused: Problem | BadQuery, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<Reply>();
    const { status, ...shown } = pageFor(refused);
    this.frame.send(reply, shown, status);
  }
}

const pageFor = (refused: Problem | BadQuery): Shown & { readonly status: number } => {
  if (!(refused instanceof Problem)) {
    const title = 'There is no such page';
    return { status: 400, title, main: problemPage({ title, detail: 'Go back to the first page of the list.' }) };
  }
  // Not an error of whoever came: the production profile has no more to show.
  if (refused.document.type === noSignIn) return { status: 200, title: 'No sign-in', main: noSignInPage() };
  const { status, title } = refused.document;
  return { status, title, main: problemPage(refused.document) };
};
