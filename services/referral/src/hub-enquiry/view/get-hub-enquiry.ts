import { Controller, Param } from '@nestjs/common';
import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { CommandRunner, IdParameter, Shows, caseOf } from '@waymark/nest';
import { hubEnquiry, type HubEnquiry } from '@waymark/referral-domain';

interface HubEnquiryView {
  readonly id: string;
  readonly caseId: string;
  readonly version: number;
  readonly enquiry: HubEnquiry;
}

export class GetHubEnquiry extends Query<HubEnquiryView> {
  constructor(readonly enquiryId: string) {
    super();
  }
}

@QueryHandler(GetHubEnquiry)
export class GetHubEnquiryHandler implements IQueryHandler<GetHubEnquiry> {
  constructor(private readonly runner: CommandRunner) {}

  async execute({ enquiryId }: GetHubEnquiry): Promise<HubEnquiryView> {
    const { state, version, caseId } = await this.runner.find(hubEnquiry, enquiryId);
    return { id: enquiryId, caseId, version, enquiry: state };
  }
}

@ApiTags('referral: hub enquiries')
@Controller('api/referral/hub-enquiries')
export class GetHubEnquiryController {
  constructor(private readonly queries: QueryBus) {}

  @Shows(':enquiryId', 'An Early Help Hub enquiry', { shows: 'a hub enquiry', of: caseOf(hubEnquiry, 'enquiryId') })
  get(@Param('enquiryId', IdParameter) enquiryId: string): Promise<HubEnquiryView> {
    return this.queries.execute(new GetHubEnquiry(enquiryId));
  }
}
