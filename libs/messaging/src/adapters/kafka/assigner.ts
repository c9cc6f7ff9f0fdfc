import kafkajs, { type PartitionAssigner } from 'kafkajs';

const { MemberAssignment, MemberMetadata } = kafkajs.AssignerProtocol;
const name = 'waymark-by-partition';
const version = 1;
const userData = Buffer.alloc(0);

export interface Reader {
  readonly memberId: string;
  readonly topics: readonly string[];
}

type Assignment = Record<string, number[]>;

/** Who gets what: a partition of every topic goes to the same member, as far as it reads them all. */
export const shareOut = (readers: readonly Reader[], partitions: (topic: string) => readonly number[]): ReadonlyMap<string, Assignment> => {
  const shares = new Map<string, Assignment>(readers.map(({ memberId }) => [memberId, {}]));
  for (const topic of new Set(readers.flatMap(({ topics }) => topics))) {
    const able = readers.filter(({ topics }) => topics.includes(topic)).map(({ memberId }) => memberId);
    able.sort();
    for (const partition of partitions(topic)) {
      const share = shares.get(able[partition % able.length] ?? '') ?? {};
      (share[topic] ??= []).push(partition);
    }
  }
  return shares;
};

/** So the messages of a case are handled in one process, whichever topic brings them. */
export const byPartition: PartitionAssigner = ({ cluster }) => ({
  name,
  version,
  protocol: ({ topics }) => ({ name, metadata: MemberMetadata.encode({ version, topics, userData }) }),
  assign: async ({ members }) => {
    const readers = members.map(({ memberId, memberMetadata }) => ({
      memberId,
      topics: MemberMetadata.decode(memberMetadata)?.topics ?? [],
    }));
    await cluster.addMultipleTargetTopics(readers.flatMap(({ topics }) => topics));
    const partitions = (topic: string) => cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => partitionId);
    return [...shareOut(readers, partitions)].map(([memberId, assignment]) => ({
      memberId,
      memberAssignment: MemberAssignment.encode({ version, assignment, userData }),
    }));
  },
});
