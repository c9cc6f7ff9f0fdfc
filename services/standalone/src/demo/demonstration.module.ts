import { Controller, Get, Global, Inject, Module } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Open, type ServiceDefinition } from '@waymark/nest';
import { DEMONSTRATION, demonstrationStates, type DemonstrationStatus } from '@waymark/reporting-service';
import type { Demonstration } from './demonstration.js';

class DemonstrationAnswer implements DemonstrationStatus {
  @ApiProperty({ enum: demonstrationStates, description: 'none: what is recorded here is not from the demonstration.' })
  state!: DemonstrationStatus['state'];
  @ApiProperty({ description: 'Families whose tale is told.' })
  families!: number;
  @ApiProperty()
  of!: number;
}

@ApiTags('development')
@Controller('dev/demonstration')
class DemonstrationController {
  constructor(@Inject(DEMONSTRATION) private readonly status: () => DemonstrationStatus) {}

  @Get()
  @Open()
  @ApiOperation({ summary: 'Whether the invented demonstration borough is loaded, and how far it is' })
  @ApiOkResponse({ type: DemonstrationAnswer })
  read(): DemonstrationAnswer {
    return this.status();
  }
}

/** The services, with the demonstration's address beside the last one's and its state for the pages. */
export const withDemonstration = (services: readonly ServiceDefinition[], demonstration: Demonstration): readonly ServiceDefinition[] =>
  services.map((service, index) => {
    if (index < services.length - 1) return service;
    @Global()
    @Module({
      imports: [service.module],
      controllers: [DemonstrationController],
      providers: [{ provide: DEMONSTRATION, useValue: () => demonstration.now() }],
      exports: [DEMONSTRATION],
    })
    class Demonstrated {}
    return { ...service, module: Demonstrated };
  });
