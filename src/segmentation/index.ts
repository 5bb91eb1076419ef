/**
 * Who the groups are: k-means clusters, and profiles of any groups.
 *
 * @module segmentation
 */
export {
  chooseClusterCount,
  chooseClusterCountSteps,
  type ChooseClusterCountOptions,
  type ClusterCountCandidate,
  type ClusterCountChoice,
} from "./choose/choose-cluster-count";
export type { ClusterEvidence, NullComparison } from "./choose/evidence";
export { fitKMeans, kMeansSteps, type KMeansOptions } from "./kmeans/fit";
export { kMeansFromSpec, KMeansModel } from "./kmeans/model";
export type { KMeansSpec, KMeansStatus, KMeansWarning } from "./kmeans/spec";
export type { StartCentroids } from "./kmeans/start";
export type { BornSegment, ContinuedSegment, EndedSegment, MergedSegment, SegmentPart, SplitSegment } from "./match/changes";
export { matchCentroids, type CentroidMatch, type ContinuedCluster, type MatchCentroidsOptions } from "./match/match-centroids";
export { matchSegments, type MatchSegmentsOptions, type SegmentMatch } from "./match/match-segments";
export type { MigrationMatrix, MovedCustomers } from "./match/migration";
export { refitKMeans, refitKMeansSteps, type KMeansRefit, type RefitKMeansOptions } from "./match/refit";
export { relabelKMeans, relabelSegments, type RelabelledKMeans } from "./match/relabel";
export type { LabelledRows } from "./match/shared-customers";
export type { StableIds } from "./match/stable-ids";
export {
  describeSegments,
  describeSegmentsSteps,
  type DescribedSegment,
  type DescribeSegmentsOptions,
  type SegmentDescription,
  type SegmentRule,
} from "./profile/describe-segments";
export type { ConfidenceInterval } from "./profile/interval";
export type { NumberProfile } from "./profile/number-profile";
export {
  profileSegments,
  profileSegmentsSteps,
  type ProfileSegmentsOptions,
  type SegmentMark,
  type SegmentProfile,
  type SegmentProfiles,
} from "./profile/profile-segments";
export type { MissingInRule, RuleCondition } from "./profile/rule-conditions";
export type { SegmentChurn, SegmentValue } from "./profile/segment-worth";
export type { BooleanProfile, CategoryProfile, CategoryShare } from "./profile/share-profile";
export type { TypicalMember } from "./profile/typical-members";
