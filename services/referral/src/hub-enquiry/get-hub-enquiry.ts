import { Controller, Param } from '@nestjs/common';
import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Context, CommandRunner, IdParameter, Shows, caseOf, type RequestContext } from '@waymark/nest';
import { hubEnquiry, type HubEnquiry } from '@waymark/referral-domain';

interface HubEnquiryView {
  readonly id: string;
  readonly caseId: string;
  readonly version: number;
  readonly enquiry: HubEnquiry;
}

export class GetHubEnquiry extends Query<HubEnquiryView> {
  constructor(
    readonly enquiryId: string,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@QueryHandler(GetHubEnquiry)
export class GetHubEnquiryHandler implements IQueryHandler<GetHubEnquiry> {
  constructor(private readonly runner: CommandRunner) {}

  async execute({ enquiryId, context }: GetHubEnquiry): Promise<HubEnquiryView> {
    const { state, version, caseId } = await this.runner.find(hubEnquiry, enquiryId, context);
    return { id: enquiryId, caseId, version, enquiry: state };
  }
}

@ApiTags('referral: hub enquiries')
@Controller('api/referral/hub-enquiries')
export class GetHubEnquiryController {
  constructor(private readonly queries: QueryBus) {}

  @Shows(':enquiryId', 'An Early Help Hub enquiry', { shows: 'a hub enquiry', of: caseOf(hubEnquiry, 'enquiryId') })
  get(@Param('enquiryId', IdParameter) enquiryId: string, @Context() context: RequestContext): Promise<HubEnquiryView> {
    return this.queries.execute(new GetHubEnquiry(enquiryId, context));
  }
}
