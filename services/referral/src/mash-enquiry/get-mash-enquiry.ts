import { Controller, Param } from '@nestjs/common';
import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Context, CommandRunner, IdParameter, Shows, caseOf, type RequestContext } from '@waymark/nest';
import { mashEnquiry, type MashEnquiry } from '@waymark/referral-domain';
import type { Deadlines } from '@waymark/deadlines';

interface MashEnquiryView {
  readonly id: string;
  readonly caseId: string;
  readonly version: number;
  readonly enquiry: MashEnquiry;
  readonly deadlines: Deadlines;
}

export class GetMashEnquiry extends Query<MashEnquiryView> {
  constructor(
    readonly enquiryId: string,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@QueryHandler(GetMashEnquiry)
export class GetMashEnquiryHandler implements IQueryHandler<GetMashEnquiry> {
  constructor(private readonly runner: CommandRunner) {}

  async execute({ enquiryId, context }: GetMashEnquiry): Promise<MashEnquiryView> {
    const { state, version, caseId } = await this.runner.find(mashEnquiry, enquiryId, context);
    return { id: enquiryId, caseId, version, enquiry: state.subject, deadlines: state.deadlines };
  }
}

@ApiTags('referral: MASH enquiries')
@Controller('api/referral/mash-enquiries')
export class GetMashEnquiryController {
  constructor(private readonly queries: QueryBus) {}

  @Shows(':enquiryId', 'A MASH enquiry: whom it asked, what came of it, and its deadline', {
    shows: 'a MASH enquiry',
    of: caseOf(mashEnquiry, 'enquiryId'),
  })
  get(@Param('enquiryId', IdParameter) enquiryId: string, @Context() context: RequestContext): Promise<MashEnquiryView> {
    return this.queries.execute(new GetMashEnquiry(enquiryId, context));
  }
}
