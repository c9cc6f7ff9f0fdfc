import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { AnswerSchemas } from './answers.js';
import { completed, type Description } from './operations.js';

const words = `Children's Early Help, event-sourced: every consent and decision can be replayed.

Errors are problem documents (RFC 9457) that name the rule and the field. A command answers with the version (ETag) and the position of the record; a
query can wait for a position (Waymark-Wait-For). What changes a record needs If-Match. Every POST that records takes an Idempotency-Key.`;

const developmentIdentity =
  'Development profile only; it proves nothing. Who asks: user=dana; role=practitioner; organisation=fenbank-primary, and where it is another than early-help: purpose=audit. In the production profile nobody is let in until sign-in exists.';

/** Serves the OpenAPI 3.1 description at `/api/openapi.json` and a page to browse it at `/api`. */
export const document = (app: INestApplication, title: string, answers: readonly AnswerSchemas[] = []): void => {
  const config = new DocumentBuilder()
    .setTitle(title)
    .setDescription(words)
    .setVersion('0.1.0')
    .setOpenAPIVersion('3.1.0')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/', 'Where this document came from')
    .addApiKey({ type: 'apiKey', in: 'header', name: 'Waymark-Dev-Identity', description: developmentIdentity }, 'developmentIdentity')
    .build();
  const options = { operationIdFactory: (controller: string, method: string) => `${controller.replace(/Controller$/, '')}_${method}` };
  SwaggerModule.setup(
    'api',
    app,
    () => completed(SwaggerModule.createDocument(app, config, options) as object as Description, answers) as never,
    {
      jsonDocumentUrl: 'api/openapi.json',
      raw: ['json'],
      customSiteTitle: title,
    },
  );
};
