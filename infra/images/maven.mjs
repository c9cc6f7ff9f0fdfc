// Kafka's jars from Maven Central.
import { cacheFolder, once } from './cache.mjs';
import { join } from 'node:path';
import { run } from './run.mjs';

/** @returns {Promise<string>} the folder of the jars */
export const kafkaJars = (version) =>
  once(join(cacheFolder('maven'), `kafka-${version}`), async (unfinished) => {
    const pom = join(import.meta.dirname, 'kafka/pom.xml');
    const goal = [
      'dependency:copy-dependencies',
      '-DincludeScope=runtime',
      `-Dkafka.version=${version}`,
      `-DoutputDirectory=${unfinished}`,
    ];
    await run('mvn', ['--batch-mode', '--quiet', '--file', pom, ...goal]);
  });
