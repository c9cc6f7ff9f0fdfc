import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy, ValidateIf, type ValidationArguments } from 'class-validator';

interface HasOutcome {
  readonly outcome?: unknown;
}

/** A field that belongs to one outcome: wanted there, refused with any other. */
export const OnlyFor = (outcome: string, field: PropertyDecorator) =>
  applyDecorators(
    ValidateIf((request: HasOutcome, value) => request.outcome === outcome || value !== undefined),
    ValidateBy({
      name: 'onlyFor',
      validator: {
        validate: (value, args?: ValidationArguments) => ((args?.object as HasOutcome).outcome === outcome) === (value !== undefined),
        defaultMessage: () => `belongs to the outcome ${outcome}, and is needed there`,
      },
    }),
    field,
    ApiProperty({ required: false, description: `For the outcome ${outcome}, and needed there.` }),
  );
