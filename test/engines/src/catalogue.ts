/** The engines a suite can ask for. `mongo` is whatever speaks MongoDB's protocol, `mongodb` MongoDB itself. */
export type EngineName = 'postgres' | 'kafka' | 'mongo' | 'mongodb' | 'toxiproxy' | 'kurrentdb';

export interface EngineImages {
  readonly title: string;
  /** The environment variable that names another image; it is then taken, or the engine counts as missing. */
  readonly variable: string;
  readonly official: string;
  /** What `npx nx images infra` makes from packages where no registry can be reached; nothing where it cannot. */
  readonly built?: string;
}

export const catalogue: Readonly<Record<EngineName, EngineImages>> = {
  postgres: { title: 'PostgreSQL', variable: 'WAYMARK_IMAGE_POSTGRES', official: 'postgres:17', built: 'waymark-postgres:15' },
  kafka: { title: 'Kafka', variable: 'WAYMARK_IMAGE_KAFKA', official: 'apache/kafka:4.3.1', built: 'waymark-kafka:4.4.0' },
  mongo: { title: 'MongoDB protocol', variable: 'WAYMARK_IMAGE_MONGO', official: 'mongo:8', built: 'waymark-ferretdb:1.24.2' },
  mongodb: { title: 'MongoDB itself', variable: 'WAYMARK_IMAGE_MONGODB', official: 'mongo:8' },
  toxiproxy: {
    title: 'Toxiproxy',
    variable: 'WAYMARK_IMAGE_TOXIPROXY',
    official: 'ghcr.io/shopify/toxiproxy:2.12.0',
    built: 'waymark-toxiproxy:2.12.0',
  },
  kurrentdb: {
    title: 'KurrentDB',
    variable: 'WAYMARK_IMAGE_KURRENTDB',
    official: 'docker.kurrent.io/kurrent-latest/kurrentdb:25.1',
  },
};
