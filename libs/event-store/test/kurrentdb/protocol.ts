// The protocol as the client ships it. Generated CommonJS, so each file is one default export.
import gossipService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_grpc_pb.js';
import gossip from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_pb.js';
import serverFeaturesService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_grpc_pb.js';
import serverFeatures from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_pb.js';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import status from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/status_pb.js';
import streamsService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';

export const { GossipService } = gossipService;
export const { ClusterInfo, EndPoint, MemberInfo } = gossip;
export const { ServerFeaturesService } = serverFeaturesService;
export const { SupportedMethod, SupportedMethods } = serverFeatures;
export const { AccessDenied, AllStreamPosition, MaximumAppendSizeExceeded, StreamIdentifier, UUID, WrongExpectedVersion } = shared;
export const { Status } = status;
export const { StreamsService } = streamsService;
export const { BatchAppendReq, BatchAppendResp, ReadReq, ReadResp } = streams;

export type BatchAppendRequest = InstanceType<typeof BatchAppendReq>;
export type BatchAppendResponse = InstanceType<typeof BatchAppendResp>;
export type ReadRequest = InstanceType<typeof ReadReq>;
export type ReadResponse = InstanceType<typeof ReadResp>;
export type ReadOptions = NonNullable<ReturnType<ReadRequest['getOptions']>>;
