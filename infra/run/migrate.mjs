// `npm run migrate -- --from sqlite --to postgres`: moves the record to another engine.
import { build, isBuilt } from './build.mjs';

if (!isBuilt() && !(await build())) {
  console.error('The build failed; what it found stands above.');
  process.exit(1);
}
await import('../../services/standalone/dist/migrate/main.js');
