// Lints every file of ./fixtures under the workspace's own configuration, each as the file that its first line names,
// and prints what was reported as JSON. The files themselves are left out of the ordinary lint.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ESLint } from 'eslint';

const root = join(import.meta.dirname, '../..');
const folder = join(import.meta.dirname, 'fixtures');
const header = (text, key) => [...text.matchAll(new RegExp(`^// ${key}: (.+)$`, 'gm'))].map((match) => match[1]);

// Reported names carry the message of the boundary rule, which says which of its many checks has bitten.
const nameOf = ({ ruleId, messageId, message }) => {
  if (!ruleId) return `no rule: ${message}`;
  return ruleId === '@nx/enforce-module-boundaries' ? `${ruleId} (${messageId})` : ruleId;
};

const eslint = new ESLint({ cwd: root });
const results = [];
for (const file of readdirSync(folder).sort()) {
  const text = readFileSync(join(folder, file), 'utf8');
  const [result] = await eslint.lintText(text, { filePath: join(root, header(text, 'lint as')[0] ?? '') });
  const reported = [...new Set(result.messages.map(nameOf))].sort();
  results.push({ file, refusedBy: header(text, 'refused by').sort(), reported });
}
process.stdout.write(JSON.stringify(results));
