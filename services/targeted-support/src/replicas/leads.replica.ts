import { replica, type ReplicaDefinition } from '@waymark/nest';
import {
  episodeClosed,
  episodeClosedV2,
  episodeOpened,
  episodeReopened,
  leadProfessionalChanged,
  planningContracts,
} from '@waymark/planning-contracts';
import type { MessageOf } from '@waymark/event-processing';
import { foldLead, nobodyLeads, type LeadReplica, type LeadMessage } from '@waymark/targeted-support-domain';
import { leadCollection, type Kept } from './collections.js';

const takes = [episodeOpened, episodeReopened, leadProfessionalChanged, episodeClosed, episodeClosedV2] as const;

/** Who leads a case, from what planning publishes. */
export const leads: ReplicaDefinition = replica({
  name: 'targeted-support.leads-copy',
  collections: [leadCollection],
  takes,
  outOf: planningContracts,
  needs: ({ key }) => [{ in: leadCollection.name, id: key }],
  take: async (message, documents) => {
    const before = (await documents.get<Kept<LeadReplica>>(leadCollection.name, message.key)) ?? nobodyLeads;
    documents.put(leadCollection.name, { ...foldLead(before, told(message)), id: message.key });
  },
});

const told = (message: MessageOf<(typeof takes)[number]>): LeadMessage => {
  const { position } = message;
  const { episodeId } = message.data;
  switch (message.type) {
    case episodeOpened.type:
      return { kind: 'episode-opened', position, episodeId, leadProfessional: message.data.leadProfessional };
    case episodeReopened.type:
      return { kind: 'episode-reopened', position, episodeId, leadProfessional: message.data.leadProfessional };
    case leadProfessionalChanged.type:
      return { kind: 'lead-professional-changed', position, episodeId, leadProfessional: message.data.leadProfessional };
    case episodeClosed.type:
    case episodeClosedV2.type:
      return { kind: 'episode-closed', position, episodeId };
  }
};
