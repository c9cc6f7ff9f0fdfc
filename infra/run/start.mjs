// `npm start`: the whole platform in one process, on embedded engines, in the development profile unless WAYMARK_PROFILE says otherwise.
import { build, isBuilt } from './build.mjs';

if (!isBuilt() && !(await build())) {
  console.error('The build failed; what it found stands above.');
  process.exit(1);
}
process.env.WAYMARK_PROFILE ??= 'development';
await import('../../services/standalone/dist/main.js');
