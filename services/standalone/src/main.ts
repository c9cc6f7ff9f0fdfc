import { runServices } from '@waymark/nest';
import { services } from './services.js';

const running = await runServices('Waymark', services);
if (running) {
  const { address } = running;
  process.stdout.write(`
Waymark listens on ${address}
  the cases         ${address}/
  the API, browsable ${address}/api   (OpenAPI at ${address}/api/openapi.json)
  health, metrics   ${address}/health/ready   ${address}/metrics
`);
}
